// One of the threads that tag lines: it makes its tagger of the files that it is given, then answers block by block.
import { parentPort, workerData } from 'node:worker_threads';
import { taggerFromFiles, TaggerError } from '@cognate/tagger';
import { tagLines } from './tag-lines.js';
import type { LineBlock } from './line-blocks.js';
import type { ThreadAnswer, ThreadData } from './tag-threads.js';

const port = parentPort;
if (!port) throw new Error('tag-thread: expected to be started as a thread');
const { model, files, settings } = workerData as ThreadData;

const answer = (message: ThreadAnswer, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

try {
  const tagger = await taggerFromFiles(files);
  answer({ kind: 'ready' });
  port.on('message', (block: LineBlock) => {
    const result = tagLines(tagger, block, settings);
    answer({ kind: 'tagged', result }, [result.bytes.buffer as ArrayBuffer]);
  });
} catch (error) {
  // What is wrong with a model is the caller's to know; anything else ends the thread with its stack.
  if (!(error instanceof TaggerError)) throw error;
  answer({ kind: 'refused', message: `${model}: ${error.message}` });
}

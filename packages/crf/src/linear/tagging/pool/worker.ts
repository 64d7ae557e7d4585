/*
 * The program of a thread that tags. scripts/generate.ts makes one text of it and what it imports, which the bundle holds.
 */

import {
  FILE_AT,
  INPUT_BYTES,
  instanceIn,
  makeRoom,
  MAX_NAMES,
  MAX_TOKENS,
  memoryFor,
  valueOf,
} from '../layout.js';
import { UNDECIDED, type Answer, type Batch, type Start } from './messages.js';

/** The part of a worker's global scope, or of Node's `parentPort`, that is used. */
interface Port {
  onmessage: ((event: { readonly data: Start | Batch }) => void) | null;
  postMessage(answer: Answer, transfer: ArrayBuffer[]): void;
}

/** Tags what comes through a port, in its order, until the thread is ended from outside. */
export function serve(port: Port): void {
  let tag: ((batch: Batch) => Uint16Array<ArrayBuffer>) | undefined;
  port.onmessage = ({ data }) => {
    try {
      if ('module' in data) {
        tag = begin(data);
      } else if (tag) {
        const tags = tag(data);
        port.postMessage({ tags }, [tags.buffer]);
      }
    } catch (error) {
      port.postMessage({ error: String(error) }, []);
    }
  };
}

function begin({ module, file }: Start): (batch: Batch) => Uint16Array<ArrayBuffer> {
  const memory = memoryFor(file.length);
  const functions = instanceIn(memory, module);
  new Uint8Array(memory.buffer, FILE_AT).set(file);
  if (!makeRoom(functions)) throw new Error('there is no memory to tag with');
  const { buffer } = memory;
  const input = new Uint8Array(buffer, valueOf(functions.input), INPUT_BYTES);
  const lengths = new Uint32Array(buffer, valueOf(functions.lengths), MAX_NAMES);
  const counts = new Uint32Array(buffer, valueOf(functions.counts), MAX_TOKENS);
  const path = new Uint16Array(buffer, valueOf(functions.path), valueOf(functions.maxTokens));
  functions.prepareEdges();
  return (batch) => {
    const tags = new Uint16Array(batch.counts.length);
    let [piece, firstToken, name, byte] = [0, 0, 0, 0];
    for (let s = 0; s < batch.sequences.length; s += 2) {
      const [length, pieces] = batch.sequences.subarray(s, s + 2);
      functions.clearScores(0, length);
      let decided = true;
      for (const end = piece + 5 * pieces; piece < end; piece += 5) {
        const [from, to, total, units, bytes] = batch.pieces.subarray(piece, piece + 5);
        counts.set(batch.counts.subarray(firstToken + from, firstToken + to));
        lengths.set(batch.lengths.subarray(name, name + total));
        input.set(batch.text.subarray(byte, byte + bytes));
        decided &&= total === 0 || functions.addNames(from, to, total, units, bytes) === 1;
        name += total;
        byte += bytes;
      }
      decided &&= functions.decode(length) === 1;
      if (decided) tags.set(path.subarray(0, length), firstToken);
      else tags.fill(UNDECIDED, firstToken, firstToken + length);
      firstToken += length;
    }
    return tags;
  };
}

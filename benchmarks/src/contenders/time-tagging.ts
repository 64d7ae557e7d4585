import { attributeSequences, readBench } from '../corpus.js';
import { median } from '../measure.js';

/**
 * Where the strings are that are tagged. `read`: those of a sentence are read from tab-separated text, as of a file of attributes, just
 * before it is tagged, which alone is timed. `held`: all strings of the corpus stay in memory, and each pass goes over them.
 */
export type Strings = 'read' | 'held';

export interface TaggingFigures {
  /** Median of the passes. */
  readonly tokensASecond: number;
  /** Tokens whose tag is the corpus's. */
  readonly correct: number;
}

/** Tags a corpus of the bench fifteen times. */
export async function timeTagging(
  file: string,
  strings: Strings,
  tag: (attributes: string[][]) => readonly string[],
): Promise<TaggingFigures> {
  const sequences = attributeSequences(await readBench(file));
  const tokens = sequences.reduce((sum, { tags }) => sum + tags.length, 0);
  const takers = sequences.map(({ attributes, tags }) => {
    if (strings === 'held') return { tags, take: () => attributes };
    const lines = Buffer.from(attributes.map((names) => names.join('\t')).join('\n'));
    return { tags, take: () => Array.from(lines.toString().split('\n'), (line) => line.split('\t')) };
  });
  let correct = 0;
  const seconds: number[] = [];
  for (let pass = 0; pass < 15; pass++) {
    let spent = 0;
    correct = 0;
    for (const { tags, take } of takers) {
      const attributes = take();
      const started = performance.now();
      const predicted = tag(attributes);
      spent += performance.now() - started;
      predicted.forEach((each, t) => (correct += Number(each === tags[t])));
    }
    seconds.push(spent / 1000);
  }
  return { tokensASecond: tokens / median(seconds), correct };
}

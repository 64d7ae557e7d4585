// Tags a corpus from attribute strings with CRFsuite and with @cognate/crf, pass by pass in turn in one process, fifteen passes each.
// Arguments: model of CRFsuite, model of @cognate/crf, corpus, strings.
// Where the strings are: `read`, those of a sentence are read from tab-separated text, as of a file of attributes, just before it is tagged,
// which alone is timed; `held`, all strings of the corpus stay in memory and each pass goes over them, a third one by two threads.
import { attributeSequences, readBench } from '../corpus.js';
import { loadCrfsuite } from '../crfsuite.js';
import { median } from '../measure.js';
import { loadCognate, loadWithCrfsuite } from './load-model.js';

const [theirs, ours, corpus, strings] = process.argv.slice(2);
const { model: tagger } = loadWithCrfsuite(loadCrfsuite(), theirs);
const { model: crf } = loadCognate(ours);
const sequences = attributeSequences(await readBench(corpus));
const tokens = sequences.reduce((sum, { tags }) => sum + tags.length, 0);
const all = sequences.map(({ attributes }) => attributes);
const takers = all.map((attributes) => {
  if (strings === 'held') return () => attributes;
  const lines = Buffer.from(attributes.map((names) => names.join('\t')).join('\n'));
  return () => Array.from(lines.toString().split('\n'), (line) => line.split('\t'));
});

interface Pass {
  readonly seconds: number;
  readonly tags: readonly (readonly string[])[];
}

function pass(tag: (attributes: string[][]) => readonly string[]): Pass {
  let spent = 0;
  const tags = takers.map((take) => {
    const attributes = take();
    const started = performance.now();
    const found = tag(attributes);
    spent += performance.now() - started;
    return found;
  });
  return { seconds: spent / 1000, tags };
}

async function threadsPass(): Promise<Pass> {
  const started = performance.now();
  const tags: (readonly string[])[] = [];
  for await (const found of crf.predictAll(all, { threads: 2 })) tags.push(found);
  return { seconds: (performance.now() - started) / 1000, tags };
}

const contenders: Record<string, () => Pass | Promise<Pass>> = {
  crfsuite: () => pass((attributes) => tagger.tag(attributes)),
  cognate: () => pass((attributes) => crf.predict(attributes)),
  ...(strings === 'held' && { threads: threadsPass }),
};
const seconds = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
for (let round = 0; round < 15; round++) {
  let expected: string | undefined;
  for (const [name, run] of Object.entries(contenders)) {
    const { seconds: spent, tags } = await run();
    seconds.get(name)?.push(spent);
    const text = JSON.stringify(tags);
    expected ??= text;
    if (text !== expected) throw new Error(`${name} predicts other tags than CRFsuite`);
  }
}
console.log(
  JSON.stringify(Object.fromEntries([...seconds].map(([name, spent]) => [name, tokens / median(spent)]))),
);

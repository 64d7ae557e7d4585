import { sampleCorpus } from '@cognate/corpora/samples';
import { evaluate } from '@cognate/eval';
import { LinearTagger } from '@cognate/tagger';

// We want Galician and have ten annotated sentences of it. Of its relatives there are more.
const galician = (await sampleCorpus('gl', 'train')).slice(0, 10);
const spanish = (await sampleCorpus('es', 'train')).slice(0, 200);
const catalan = (await sampleCorpus('ca', 'train')).slice(0, 200);

// The same tagger twice. With more than one language each attribute is used as it is, for what all of them share, and
// once more joined with its language (Daumé 2007).
const taggers = {
  alone: await LinearTagger.train(galician, { language: 'gl' }),
  together: await LinearTagger.train([...galician, ...spanish, ...catalan], { language: 'gl' }),
};

// How good are they on sentences that neither has seen?
const test = await sampleCorpus('gl', 'test');
const gold = test.map(({ tags = [] }) => tags);
for (const [name, tagger] of Object.entries(taggers)) {
  const predicted = test.map(({ tokens }) => tagger.predictTags(tokens, { language: 'gl' }));
  const { micro } = evaluate(gold, predicted);
  console.log(`${name.padEnd(8)} F1 ${(100 * micro.f1).toFixed(1)}`);
}

// Text in, entities out: each knows where it stood in the text and how probable it is.
const text = 'Xosé Lema mora en Ourense.';
for (const { label, start, end, score, text: words } of taggers.together.tag(text, { language: 'gl' })) {
  console.log(`${label} ${String(start)}-${String(end)} ${words} (${score.toFixed(2)})`);
}

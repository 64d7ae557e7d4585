import { sampleCorpus } from '@cognate/corpora/samples';
import { evaluate } from '@cognate/eval';
import { LinearTagger } from '@cognate/tagger';

// Galician is the language we want; of Spanish and Catalan we have more.
const target = (await sampleCorpus('gl', 'train')).slice(0, 30);
const sources = [...(await sampleCorpus('es', 'train')), ...(await sampleCorpus('ca', 'train'))];
const test = await sampleCorpus('gl', 'test');
const gold = test.map(({ tags }) => tags ?? []);

// The same tagger twice: once from the thirty sentences alone, once with the relatives beside them.
const alone = await LinearTagger.train(tagged(target));
const together = await LinearTagger.train(tagged([...target, ...sources]), { augmentation: 'daume' });

for (const [name, tagger] of Object.entries({ alone, together })) {
  const predicted = test.map(({ tokens }) => tagger.predictTags(tokens, { language: 'gl' }));
  const { micro } = evaluate(gold, predicted);
  console.log(`${name.padEnd(9)} F1 ${(100 * micro.f1).toFixed(1)}`);
}

// Text in, entities out: each knows where it stood and how probable it is.
const text = 'Xosé Lema mora en Ourense.';
for (const { label, text: words, start, end, score } of together.tag(text, { language: 'gl' })) {
  console.log(`${label} ${start}-${end} ${words} (${score.toFixed(2)})`);
}

function tagged(sentences: typeof test) {
  return sentences.map(({ tokens, tags, language }) => ({ tokens, tags: tags ?? [], language }));
}

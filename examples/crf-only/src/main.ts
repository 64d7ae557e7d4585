import { LinearCrf } from '@cognate/crf';
import { attributesOf } from './attributes.js';
import { annotated } from './recipes.js';

// 1. Training data: for each line the attributes of its words and their tags.
const training = annotated.map((line) => {
  const pairs = line.split(' ').map((pair) => pair.split('/'));
  return { attributes: attributesOf(pairs.map(([word]) => word)), tags: pairs.map(([, tag]) => tag) };
});

// 2. Train, with the parameters that CRFsuite has, under their names there.
const trained = await LinearCrf.train(training, { algorithm: 'lbfgs', params: { c2: 0.1 } });

// 3. A model is one array of bytes: a file, a blob, a row of a data base.
const crf = LinearCrf.fromBytes(trained.toBytes());

// 4. Predict a line that it has not seen.
const words = ['100', 'grams', 'of', 'dark', 'chocolate'];
const attributes = attributesOf(words);
const tags = crf.predict(attributes);
console.log(words.map((word, index) => `${word}/${tags[index]}`).join(' '));

// 5. How sure is it, and what else could it be?
for (const { tags, probability } of crf.kBest(attributes, 3)) {
  console.log(`${(100 * probability).toFixed(1).padStart(5)} %  ${tags.join(' ')}`);
}

import { Alphabet, CharEncoder } from '@cognate/char-encoder';
import {
  adam,
  computeGradients,
  dense,
  ParameterSet,
  RandomStream,
  selectBackend,
  uniform,
} from '@cognate/nn';
import * as tf from '@tensorflow/tfjs-core';

// Which language does a word belong to? A network of two parts: the encoder, and one layer of scores on top of it.
const lessons: Record<string, string> = {
  es: 'nación estación razón ciudad verdad facultad sociedad tradición escuela calle hermoso',
  ca: 'nació estació raó ciutat veritat facultat societat tradició escola carrer bonic',
  fr: 'nation station raison cité vérité faculté société tradition école rue beau',
  it: 'nazione stazione ragione città verità facoltà società tradizione scuola strada bello',
  ro: 'națiune stație rațiune cetate adevăr facultate societate tradiție școală stradă frumos',
};
const languages = Object.keys(lessons);
const words = languages.flatMap((language) => lessons[language].split(' '));
const gold = languages.flatMap((language, number) => lessons[language].split(' ').map(() => number));

await selectBackend({ relaxedSimd: false });
const parameters = new ParameterSet();
const random = new RandomStream(1);
const encoder = CharEncoder.create(Alphabet.of(words), {
  kind: 'bilstm',
  embedding: 16,
  size: 32,
  parameters,
  random,
});
parameters.add('layer.weights', [encoder.size, languages.length], uniform(random, 0.1));
parameters.add('layer.bias', [languages.length], uniform(random, 0.1));

const scores = (vectors: tf.Tensor): tf.Tensor2D =>
  dense(vectors, parameters.tensor('layer.weights'), parameters.tensor('layer.bias'));

// Training: `encode` carries gradients back into the characters.
const optimizer = adam({ learningRate: 0.01 });
const target = tf.oneHot(tf.tensor1d(gold, 'int32'), languages.length);
for (let step = 1; step <= 60; step++) {
  const gradients = computeGradients(parameters, () =>
    tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(target, scores(encoder.encode(words))),
  );
  optimizer.step(parameters, gradients);
  if (step === 1 || step % 20 === 0) console.log(`step ${step}: loss ${gradients.loss.toFixed(1)}`);
}
optimizer.settle(parameters);

// Use: `vectors` gives plain numbers, and remembers words that come again. None of these was in the lessons.
const guess = (word: string): string =>
  tf.tidy(() => {
    const vector = tf.tensor2d(encoder.vectors([word]), [1, encoder.size]);
    return languages[tf.argMax(scores(vector), 1).dataSync()[0]];
  });
for (const word of [
  'canción',
  'libertad',
  'atenció',
  'llibertat',
  'liberté',
  'posizione',
  'libertà',
  'atenție',
  'libertate',
])
  console.log(`${word}: ${guess(word)}`);

// The encoder alone, without the layer, as one file.
const again = CharEncoder.fromSafetensors(encoder.toSafetensors());
const same = again
  .vectors(['canción'])
  .every((value, column) => value === encoder.vectors(['canción'])[column]);
console.log(`saved and loaded: ${same ? 'the same vectors' : 'other vectors'}`);

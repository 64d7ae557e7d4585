// The paper's neural CRF as it is written with the ops that TensorFlow.js has: padded batches, a loop over time steps, log-sum-exp for the
// CRF, its own ADADELTA. Arguments: backend, number of batches to train on, corpora as LANGUAGE=FILE...
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { readBench } from '../corpus.js';
import { shuffledBatches } from '../neural/batches.js';
import { encode, sizes, type EncodedSentence } from '../neural/encode.js';
import { loadTfjsNode } from '../neural/tfjs-node.js';

const [backend, limit, ...files] = process.argv.slice(2);
if (backend === 'tensorflow') loadTfjsNode();
await tf.setBackend(backend);
await tf.ready();

const read = await Promise.all(
  files.map((file) => {
    const [language, path] = file.split('=');
    return readBench(path, language);
  }),
);
const data = encode(read.flatMap((sentences) => sentences.slice(0, 4000)));
const variable = (shape: number[]): tf.Variable => tf.variable(tf.randomUniform(shape, -0.1, 0.1));
const lstmWeights = (inputs: number, size: number): { kernel: tf.Variable; bias: tf.Variable } => ({
  kernel: variable([inputs + size, 4 * size]),
  bias: variable([4 * size]),
});
const characterEmbedding = variable([data.characters, sizes.character]);
const characterLstm = lstmWeights(sizes.character, sizes.characterState);
const layers = [sizes.characterState + sizes.word, 2 * sizes.state].map((inputs) => [
  lstmWeights(inputs, sizes.state),
  lstmWeights(inputs, sizes.state),
]);
const languageEmbedding = variable([data.languages, sizes.language]);
const hiddenKernel = variable([2 * sizes.state + sizes.language, sizes.hidden]);
const hiddenBias = variable([sizes.hidden]);
const outputKernel = variable([sizes.hidden, data.tags]);
const transitions = variable([data.tags, data.tags]);
// Half of the parameters, of which a batch needs a few hundred rows: kept outside, as anybody would who has to finish. Those rows are variables
// of the batch, updated by plain gradient descent.
const wordTable = new Float32Array(data.words * sizes.word).map(() => 0.2 * Math.random() - 0.1);

/** One direction over padded steps; `mask[t]` is 1 where a sequence has step t. All states, or the last. */
function lstm(
  inputs: readonly tf.Tensor2D[],
  masks: readonly tf.Tensor2D[],
  { kernel, bias }: { kernel: tf.Variable; bias: tf.Variable },
  size: number,
  backwards: boolean,
): tf.Tensor2D[] {
  const batch = inputs[0].shape[0];
  let state: tf.Tensor2D = tf.zeros([batch, size]);
  let cell: tf.Tensor2D = tf.zeros([batch, size]);
  const states = new Array<tf.Tensor2D>(inputs.length);
  for (let step = 0; step < inputs.length; step++) {
    const t = backwards ? inputs.length - 1 - step : step;
    const gates = tf.matMul(tf.concat([inputs[t], state], 1), kernel as unknown as tf.Tensor2D).add(bias);
    const [i, f, g, o] = tf.split(gates, 4, 1);
    const nextCell = f.sigmoid().mul(cell).add(i.sigmoid().mul(g.tanh()));
    const nextState = o.sigmoid().mul(nextCell.tanh());
    const keep = tf.sub(1, masks[t]);
    cell = nextCell.mul(masks[t]).add(cell.mul(keep));
    state = nextState.mul(masks[t]).add(state.mul(keep));
    states[t] = state;
  }
  return states;
}

/** The masks of padded steps, columns of ones and zeros. */
function masksOf(lengths: readonly number[]): tf.Tensor2D[] {
  return Array.from({ length: Math.max(...lengths) }, (_, t) =>
    tf.tensor2d(lengths.map((length) => [Number(t < length)])),
  );
}

const distinct = (numbers: readonly number[]): number[] => [...new Set(numbers)];
/** Rows of a table by a product with ones and zeros: tf.gather has no gradient on wasm. */
const rows = (table: tf.Tensor, ids: readonly number[], depth: number): tf.Tensor2D =>
  tf.matMul(tf.oneHot(tf.tensor1d([...ids], 'int32'), depth).toFloat(), table);

function batchLoss(
  batch: readonly EncodedSentence[],
  words: tf.Variable,
  wordIds: readonly number[],
): tf.Scalar {
  const lengths = batch.map(({ forms }) => forms.length);
  const steps = Math.max(...lengths);
  const masks = masksOf(lengths);
  const forms = distinct(batch.flatMap((sentence) => sentence.forms));
  const spellings = forms.map((form) => data.spelling[form]);
  const characterMasks = masksOf(spellings.map(({ length }) => length));
  const characters = characterMasks.map((_, t) =>
    rows(
      characterEmbedding,
      spellings.map((spelling) => spelling[t] ?? 0),
      data.characters,
    ),
  );
  const spelled = lstm(characters, characterMasks, characterLstm, sizes.characterState, false).at(
    -1,
  ) as tf.Tensor2D;
  const formRow = new Map(forms.map((form, row) => [form, row]));
  const wordRow = new Map(wordIds.map((word, row) => [word, row]));
  let inputs = Array.from({ length: steps }, (_, t) =>
    tf.concat(
      [
        rows(
          spelled,
          batch.map((sentence) => formRow.get(sentence.forms[t]) ?? 0),
          forms.length,
        ),
        rows(
          words,
          batch.map((sentence) => wordRow.get(sentence.words[t]) ?? 0),
          wordIds.length,
        ),
      ],
      1,
    ),
  );
  for (const [forwards, backwards] of layers) {
    const left = lstm(inputs, masks, forwards, sizes.state, false);
    const right = lstm(inputs, masks, backwards, sizes.state, true);
    inputs = left.map((state, t) => tf.concat([state, right[t]], 1));
  }
  const language = rows(
    languageEmbedding,
    batch.map((sentence) => sentence.language),
    data.languages,
  );
  const emissions = inputs.map((state) =>
    tf.matMul<tf.Tensor2D>(
      tf
        .matMul(tf.concat([state, language], 1), hiddenKernel as unknown as tf.Tensor2D)
        .add(hiddenBias)
        .tanh() as tf.Tensor2D,
      outputKernel as unknown as tf.Tensor2D,
    ),
  );
  return crfLoss(batch, emissions, masks);
}

function crfLoss(
  batch: readonly EncodedSentence[],
  emissions: readonly tf.Tensor2D[],
  masks: readonly tf.Tensor2D[],
): tf.Scalar {
  const { tags } = data;
  const oneHot = (t: number): tf.Tensor2D =>
    tf
      .oneHot(
        tf.tensor1d(
          batch.map((sentence) => sentence.tags[t] ?? 0),
          'int32',
        ),
        tags,
      )
      .toFloat() as tf.Tensor2D;
  let alpha = emissions[0];
  let gold = oneHot(0).mul(emissions[0]).sum();
  for (let t = 1; t < emissions.length; t++) {
    const scores = tf.add(alpha.expandDims(2), transitions.expandDims(0)).add(emissions[t].expandDims(1));
    alpha = scores
      .logSumExp(1)
      .mul(masks[t])
      .add(alpha.mul(tf.sub(1, masks[t])));
    const step = tf
      .matMul(oneHot(t - 1), transitions as unknown as tf.Tensor2D)
      .add(emissions[t])
      .mul(oneHot(t));
    gold = gold.add(step.mul(masks[t]).sum());
  }
  return alpha.logSumExp(1).sum().sub(gold);
}

const optimizer = tf.train.adadelta(1, 0.9, 1e-6);
function train(batch: readonly EncodedSentence[]): void {
  const wordIds = distinct(batch.flatMap((sentence) => sentence.words));
  const looked = new Float32Array(wordIds.length * sizes.word);
  wordIds.forEach((word, row) => {
    looked.set(wordTable.subarray(word * sizes.word, (word + 1) * sizes.word), row * sizes.word);
  });
  const words = tf.variable(tf.tensor2d(looked, [wordIds.length, sizes.word]));
  const { value, grads } = tf.variableGrads(() => batchLoss(batch, words, wordIds));
  const { [words.name]: wordGradient, ...others } = grads;
  optimizer.applyGradients(others as never);
  const slope = wordGradient.dataSync();
  wordIds.forEach((word, row) => {
    for (let column = 0; column < sizes.word; column++) {
      wordTable[word * sizes.word + column] -= 0.01 * slope[row * sizes.word + column];
    }
  });
  tf.dispose([value, grads, words]);
}

const batches = shuffledBatches(data.sentences, 16, 1);
train(batches[0]);
const chosen = batches.slice(1, 1 + Number(limit));
const started = performance.now();
for (const batch of chosen) train(batch);
const seconds = (performance.now() - started) / 1000;
const tokens = chosen.flat().reduce((sum, { forms }) => sum + forms.length, 0);
console.log(
  JSON.stringify({ tokensASecond: tokens / seconds, sentencesASecond: chosen.flat().length / seconds }),
);

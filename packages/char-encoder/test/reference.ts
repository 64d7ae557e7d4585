import type { CharEncoder } from '../src/index.js';

/*
 * The encoder once more, one word at a time, in double precision and without a thought for speed: formulas from the papers, values from the encoder's
 * parameters.
 */

type Matrix = (row: number, column: number) => number;

function matrix(encoder: CharEncoder, name: string): Matrix {
  const { values, shape } = encoder.parameters.get(`characters.${name}`);
  const columns = shape[shape.length - 1];
  return (row, column) => values[row * columns + column];
}

/** The vectors of the characters of a word, without regard to its length. */
function characters(encoder: CharEncoder, word: string): number[][] {
  const embedding = matrix(encoder, 'embedding');
  const known = Array.from(encoder.alphabet.characters);
  const ids = Array.from(word.normalize('NFC'), (char) => {
    const place = known.indexOf(char);
    return place < 0 ? 0 : place + 2;
  });
  if (ids.length === 0) ids.push(1);
  return ids.map((id) =>
    Array.from({ length: encoder.config.embedding }, (_, column) => embedding(id, column)),
  );
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function runLstm(encoder: CharEncoder, cell: string, inputs: number[][], hidden: number): number[][] {
  const [input, recurrent, bias] = ['input', 'recurrent', 'bias'].map((part) =>
    matrix(encoder, `lstm.${cell}.${part}`),
  );
  let h = new Array<number>(hidden).fill(0);
  let c = new Array<number>(hidden).fill(0);
  return inputs.map((x) => {
    const gate = (which: number, unit: number): number => {
      const column = which * hidden + unit;
      let sum = bias(0, column);
      x.forEach((value, row) => (sum += value * input(row, column)));
      h.forEach((value, row) => (sum += value * recurrent(row, column)));
      return sum;
    };
    const units = h.map((_, unit) => unit);
    const next = units.map(
      (unit) => sigmoid(gate(1, unit)) * c[unit] + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit)),
    );
    h = units.map((unit) => sigmoid(gate(3, unit)) * Math.tanh(next[unit]));
    c = next;
    return h;
  });
}

function lstmVector(encoder: CharEncoder, word: string): number[] {
  const { kind, size, layers } = encoder.config;
  const directions = kind === 'bilstm' ? ['forward', 'backward'] : ['forward'];
  let inputs = characters(encoder, word);
  let last: number[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const states = directions.map((direction) => {
      const given = direction === 'forward' ? inputs : [...inputs].reverse();
      return runLstm(encoder, `${layer}.${direction}`, given, size / directions.length);
    });
    last = states.flatMap((sequence) => sequence[sequence.length - 1]);
    inputs = inputs.map((_, t) =>
      states.flatMap((sequence, d) => (d === 0 ? sequence[t] : sequence[sequence.length - 1 - t])),
    );
  }
  return last;
}

function cnnVector(encoder: CharEncoder, word: string): number[] {
  const { widths, embedding } = encoder.config;
  const inputs = characters(encoder, word);
  const boundary = matrix(encoder, 'embedding');
  const edge = Array.from({ length: embedding }, (_, column) => boundary(1, column));
  return widths.flatMap((width, index) => {
    const weights = matrix(encoder, `cnn.${index}.weights`);
    const bias = matrix(encoder, `cnn.${index}.bias`);
    const columns = encoder.parameters.get(`characters.cnn.${index}.bias`).values.length;
    const left = (width - 1) >> 1;
    return Array.from({ length: columns }, (_, column) => {
      const heights = inputs.map((_, t) => {
        let sum = bias(0, column);
        for (let k = 0; k < width; k++) {
          const seen = inputs.at(t + k - left) && t + k - left >= 0 ? inputs[t + k - left] : edge;
          seen.forEach((value, row) => (sum += value * weights(k * embedding + row, column)));
        }
        return Math.tanh(sum);
      });
      return Math.max(...heights);
    });
  });
}

/** The vector of one word. */
export const referenceVector = (encoder: CharEncoder, word: string): number[] =>
  encoder.config.kind === 'cnn' ? cnnVector(encoder, word) : lstmVector(encoder, word);

import type { NeuralTagger } from '../../src/neural/index.js';

/*
 * The network once more, a sentence at a time, in double precision and without a thought for speed: the paper's formulas, numbers from the tagger's
 * parameters by their names.
 */

type Rows = number[][];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Emissions `[token][tag]` of a sentence of a known language, without dropout. LSTM over characters only; no shapes. */
export function referenceEmissions(tagger: NeuralTagger, tokens: readonly string[], language: string): Rows {
  const { config, inventory } = tagger.definition;
  const { network, languages } = config;
  const number = languages.indexOf(language);

  const row = (name: string, index: number): number[] => {
    const { values, shape } = tagger.parameters.get(name);
    const columns = shape[shape.length - 1];
    return [...values.subarray(index * columns, (index + 1) * columns)];
  };
  /** The name of a part's parameters, of its own or shared. */
  const part = (which: keyof typeof network.share, name: string): string =>
    network.share[which] === 'shared' ? name : `${name}.${language}`;

  /** x W + b */
  const affine = (x: number[], weights: string, bias?: string): number[] => {
    const { values, shape } = tagger.parameters.get(weights);
    return Array.from({ length: shape[1] }, (_, column) => {
      let sum = bias === undefined ? 0 : tagger.parameters.get(bias).values[column];
      x.forEach((value, k) => (sum += value * values[k * shape[1] + column]));
      return sum;
    });
  };

  const runLstm = (inputs: Rows, cell: string): Rows => {
    const hidden = tagger.parameters.get(`${cell}.recurrent`).shape[0];
    let h = new Array<number>(hidden).fill(0);
    let c = new Array<number>(hidden).fill(0);
    return inputs.map((x) => {
      const fromInput = affine(x, `${cell}.input`, `${cell}.bias`);
      const fromState = affine(h, `${cell}.recurrent`);
      const gate = (which: number, unit: number): number =>
        fromInput[which * hidden + unit] + fromState[which * hidden + unit];
      c = c.map(
        (old, unit) => sigmoid(gate(1, unit)) * old + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit)),
      );
      h = c.map((cell, unit) => sigmoid(gate(3, unit)) * Math.tanh(cell));
      return h;
    });
  };

  const characters = Array.from(inventory.alphabet);
  const characterVector = (word: string): number[] => {
    const prefix = part('characterEncoder', 'characters');
    const inputs = Array.from(word.normalize('NFC'), (char) => {
      const place = characters.indexOf(char);
      return row(`${prefix}.embedding`, place < 0 ? 0 : place + 2);
    });
    return runLstm(inputs, `${prefix}.lstm.0.forward`)[inputs.length - 1];
  };

  const wordVector = (word: string): number[] => {
    const group = network.share.wordEmbeddings === 'shared' ? 0 : number;
    const groups = inventory.words;
    const asked = network.share.wordEmbeddings === 'borrowed' ? [group, ...groups.keys()] : [group];
    const knows = asked.find((each) => groups[each].includes(word));
    if (knows === undefined) return row('words', group);
    const before = groups.slice(0, knows).reduce((sum, words) => sum + words.length, 0);
    return row('words', groups.length + before + groups[knows].indexOf(word));
  };

  let states = tokens.map((token) => [...characterVector(token), ...wordVector(token)]);
  for (let layer = 0; layer < network.sentence.layers; layer++) {
    const cell = `${part('sentenceEncoder', 'sentence')}.${layer}`;
    const forward = runLstm(states, `${cell}.forward`);
    const backward = runLstm([...states].reverse(), `${cell}.backward`).reverse();
    states = states.map((_, t) => [...forward[t], ...backward[t]]);
  }
  const hidden = part('output', 'hidden');
  const lambda = row('language', number);
  return states.map((state) => {
    const units = affine([...state, ...lambda], `${hidden}.weights`, `${hidden}.bias`).map(Math.tanh);
    return affine(units, part('output', 'output'));
  });
}

/** -log p of a sentence by forward sums in double precision, with the tagger's scores of transitions. */
export function referenceLoss(
  tagger: NeuralTagger,
  { tokens, tags, language }: { tokens: readonly string[]; tags: readonly string[]; language: string },
): number {
  const emissions = referenceEmissions(tagger, tokens, language);
  const shared = tagger.config.network.share.transitions === 'shared';
  const values = (name: string) => tagger.parameters.get(shared ? name : `${name}.${language}`).values;
  const [transitions, start] = [values('transitions'), values('start')];
  const n = tagger.tags.length;
  const gold = tags.map((tag) => tagger.tags.indexOf(tag));
  let score = 0;
  let ways: number[] = [];
  emissions.forEach((scores, t) => {
    score += scores[gold[t]] + (t === 0 ? start[gold[t]] : transitions[gold[t - 1] * n + gold[t]]);
    ways = scores.map((emission, to) => {
      if (t === 0) return start[to] + emission;
      const terms = ways.map((way, from) => way + transitions[from * n + to]);
      const most = Math.max(...terms);
      return emission + most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0));
    });
  });
  const most = Math.max(...ways);
  return most + Math.log(ways.reduce((sum, way) => sum + Math.exp(way - most), 0)) - score;
}

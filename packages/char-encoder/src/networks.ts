import {
  concatColumns,
  dense,
  gatherRows,
  glorot,
  lstm,
  lstmParameters,
  zeros,
  type ParameterSet,
  type RandomStream,
} from '@cognate/nn';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { wordBoundary } from './alphabet.js';
import type { CharBatch } from './char-batch.js';
import type { CharEncoderConfig } from './config.js';
import { segmentMax } from './segment-max.js';

/** What turns the characters of each form into its vector. */
export interface FormNetwork {
  /** The names of its parameters, at least one. */
  readonly names: readonly string[];
  /** Whether it needs the vector of the boundary beside those of the characters in use. */
  readonly bounded: boolean;
  /**
   * @param x `[batch.inUse.length, embedding]`: the vectors of the characters in use
   * @returns `[forms, size]`
   */
  encode(x: Tensor, batch: CharBatch): Tensor2D;
}

/** Adds the parameters of the network that a configuration describes. */
export function addNetwork(
  parameters: ParameterSet,
  prefix: string,
  config: CharEncoderConfig,
  stream: RandomStream,
): FormNetwork {
  return config.kind === 'cnn'
    ? addCnn(parameters, prefix, config, stream)
    : addLstm(parameters, prefix, config, stream);
}

function addLstm(
  parameters: ParameterSet,
  prefix: string,
  { kind, embedding, size, layers }: CharEncoderConfig,
  stream: RandomStream,
): FormNetwork {
  const bidirectional = kind === 'bilstm';
  const cells = lstmParameters(
    parameters,
    `${prefix}.lstm`,
    { inputSize: embedding, hiddenSize: bidirectional ? size / 2 : size, layers, bidirectional },
    stream,
  );
  return {
    names: cells.names,
    bounded: false,
    encode: (x, { lengths, places }) =>
      lstm(x, lengths, cells.weights(), { returns: 'last', inputIndex: places }),
  };
}

function addCnn(
  parameters: ParameterSet,
  prefix: string,
  { embedding, size, widths }: CharEncoderConfig,
  stream: RandomStream,
): FormNetwork {
  const filters = widths.map((width, index) => {
    const columns =
      Math.floor(((index + 1) * size) / widths.length) - Math.floor((index * size) / widths.length);
    const name = `${prefix}.cnn.${index}`;
    parameters.add(`${name}.weights`, [width * embedding, columns], glorot(stream));
    parameters.add(`${name}.bias`, [columns], zeros());
    return { name, width };
  });
  return {
    names: filters.flatMap(({ name }) => [`${name}.weights`, `${name}.bias`]),
    bounded: true,
    encode(x, batch) {
      const { lengths } = batch;
      const parts = filters.map(({ name, width }) => {
        const seen = Array.from({ length: width }, (_, place) =>
          gatherRows(x, neighbours(batch, place - ((width - 1) >> 1))),
        );
        const weights = parameters.tensor(`${name}.weights`);
        const bias = parameters.tensor(`${name}.bias`);
        return segmentMax(dense(concatColumns(...seen), weights, bias, 'tanh'), lengths);
      });
      return concatColumns(...parts);
    },
  };
}

/** `[sum of lengths]`: the place in `inUse` of the character so many further on in the word, or of the boundary outside it. */
function neighbours({ lengths, places, inUse }: CharBatch, distance: number): Int32Array {
  const outside = inUse.indexOf(wordBoundary);
  const found = new Int32Array(places.length).fill(outside);
  let at = 0;
  for (const length of lengths) {
    const from = Math.max(0, -distance);
    const to = Math.min(length, length - distance);
    for (let k = from; k < to; k++) found[at + k] = places[at + k + distance];
    at += length;
  }
  return found;
}

import type { LstmWeights } from './ops/lstm.js';
import { glorot, orthogonal, type Initialiser } from './parameters/initialisers.js';
import type { ParameterSet } from './parameters/parameter-set.js';
import type { RandomStream } from './random/random-stream.js';

export interface LstmSize {
  /** Columns of the input. */
  readonly inputSize: number;
  /** Units of each direction of each layer. */
  readonly hiddenSize: number;
  /** Default 1. */
  readonly layers?: number;
  /** Default false. */
  readonly bidirectional?: boolean;
}

/** The parameters of an LSTM within their set. */
export interface LstmParameters {
  /** Their names, layer by layer: `<prefix>.<layer>.forward.input` and so on. */
  readonly names: readonly string[];
  /** The weights as {@link lstm} takes them: on the tape inside `computeGradients`. */
  weights(): LstmWeights[][];
}

const directionNames = ['forward', 'backward'];

/**
 * Adds the weights of an LSTM to a set: input weights after Glorot and Bengio, recurrent weights orthogonal, each gate by itself; biases 0, but 1 for
 * the forget gate (Jozefowicz, Zaremba and Sutskever, ICML 2015).
 *
 * @throws on sizes that are not whole numbers of at least 1
 */
export function lstmParameters(
  parameters: ParameterSet,
  prefix: string,
  { inputSize, hiddenSize, layers = 1, bidirectional = false }: LstmSize,
  stream: RandomStream,
): LstmParameters {
  for (const [what, size] of Object.entries({ inputSize, hiddenSize, layers })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`${what}: expected a whole number of at least 1, got ${size}`);
    }
  }
  const directions = bidirectional ? 2 : 1;
  const columns = 4 * hiddenSize;
  const forgetOne: Initialiser = (values) => values.fill(0).fill(1, hiddenSize, 2 * hiddenSize);
  const names: string[] = [];
  const add = (name: string, shape: readonly number[], initialise: Initialiser) => {
    parameters.add(name, shape, initialise);
    names.push(name);
    return name;
  };

  const cells = Array.from({ length: layers }, (_, layer) =>
    directionNames.slice(0, directions).map((direction) => {
      const cell = `${prefix}.${layer}.${direction}`;
      const size = layer === 0 ? inputSize : directions * hiddenSize;
      return {
        input: add(`${cell}.input`, [size, columns], glorot(stream, { blocks: 4 })),
        recurrent: add(`${cell}.recurrent`, [hiddenSize, columns], orthogonal(stream, { blocks: 4 })),
        bias: add(`${cell}.bias`, [columns], forgetOne),
      };
    }),
  );
  return {
    names,
    weights: () =>
      cells.map((layer) =>
        layer.map(({ input, recurrent, bias }) => ({
          input: parameters.tensor(input),
          recurrent: parameters.tensor(recurrent),
          bias: parameters.tensor(bias),
        })),
      ),
  };
}

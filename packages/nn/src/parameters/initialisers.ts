import type { RandomStream } from '../random/random-stream.js';

/**
 * Fills the values of a new parameter, `[...shape]` row by row. The random ones draw from the fork of their stream that has
 * the parameter's name: a parameter's first values depend on the seed and its name, not on which others there are.
 */
export type Initialiser = (values: Float32Array, shape: readonly number[], name: string) => void;

export interface MatrixInitialiserOptions {
  /** Factor on every value; 1 unless told. */
  readonly gain?: number;
  /**
   * The matrix is this many matrices side by side, each of which is initialised by itself: 4 for the gates of an LSTM,
   * `[in, 4 * hidden]`. 1 unless told.
   */
  readonly blocks?: number;
}

export function zeros(): Initialiser {
  return (values) => values.fill(0);
}

/** Uniform in [-limit, limit). */
export function uniform(stream: RandomStream, limit: number): Initialiser {
  checkScale('limit', limit);
  return (values, _shape, name) => {
    const random = stream.fork(name);
    for (let i = 0; i < values.length; i++) values[i] = (2 * random.next() - 1) * limit;
  };
}

/** From the normal distribution of mean 0. */
export function normal(stream: RandomStream, standardDeviation: number): Initialiser {
  checkScale('standardDeviation', standardDeviation);
  return (values, _shape, name) => {
    const random = stream.fork(name);
    for (let i = 0; i < values.length; i++) values[i] = random.normal() * standardDeviation;
  };
}

/**
 * Uniform in ±gain · √(6 / (rows + columns of a block)): Glorot and Bengio, "Understanding the difficulty of training
 * deep feedforward neural networks", AISTATS 2010. For a matrix `[in, out]`.
 */
export function glorot(stream: RandomStream, options: MatrixInitialiserOptions = {}): Initialiser {
  const { gain = 1, blocks = 1 } = options;
  checkScale('gain', gain);
  return (values, shape, name) => {
    const [rows, columns] = blockShape(shape, blocks, name);
    uniform(stream, gain * Math.sqrt(6 / Math.max(1, rows + columns)))(values, shape, name);
  };
}

/**
 * Each block is `gain` times a random matrix with orthonormal columns, or rows where it has fewer of them; uniform over
 * all such matrices. Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear
 * neural networks", ICLR 2014. For a matrix `[in, out]`.
 */
export function orthogonal(stream: RandomStream, options: MatrixInitialiserOptions = {}): Initialiser {
  const { gain = 1, blocks = 1 } = options;
  checkScale('gain', gain);
  return (values, shape, name) => {
    const [rows, columns] = blockShape(shape, blocks, name);
    const random = stream.fork(name);
    const tall = rows >= columns;
    const count = tall ? columns : rows;
    const length = tall ? rows : columns;
    for (let block = 0; block < blocks; block++) {
      const basis = orthonormalVectors(random, count, length);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          values[i * columns * blocks + block * columns + j] = gain * (tall ? basis[j][i] : basis[i][j]);
        }
      }
    }
  };
}

/** `count` <= `length` orthonormal vectors of that length, by Gram and Schmidt's process on normal ones. */
function orthonormalVectors(random: RandomStream, count: number, length: number): Float64Array[] {
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    const before = Math.sqrt(dot(vector, vector));
    // Twice is enough: what the first pass leaves of the others is rounding error, and the second pass takes it away.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const share = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i] -= share * other[i];
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    // Has as good as no part that is orthogonal to the others: draw again.
    if (norm < 1e-10 * before || norm === 0) continue;
    for (let i = 0; i < length; i++) vector[i] /= norm;
    basis.push(vector);
  }
  return basis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function blockShape(shape: readonly number[], blocks: number, name: string): [rows: number, columns: number] {
  if (shape.length !== 2 || !Number.isInteger(blocks) || blocks < 1 || shape[1] % blocks !== 0) {
    throw new RangeError(
      `parameter '${name}': expected a matrix of ${blocks} blocks side by side to initialise, got shape [${shape.join(', ')}]`,
    );
  }
  return [shape[0], shape[1] / blocks];
}

function checkScale(what: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(`${what}: expected a finite number of at least 0, got ${String(value)}`);
  }
}

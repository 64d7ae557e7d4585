/** A named array of numbers that training changes. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row by row. Whoever writes to it calls {@link ParameterSet.touch} afterwards. */
  readonly values: Float32Array;
  /** A table `[rows, columns]` of which single rows are looked up: it is never copied to a backend as a whole. */
  readonly sparse: boolean;
}

/** What the shape holds: its product. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** For messages: `parameter 'name' [2, 3]`. */
export function describe({ name, shape }: Pick<Parameter, 'name' | 'shape'>): string {
  return `parameter '${name}' [${shape.join(', ')}]`;
}

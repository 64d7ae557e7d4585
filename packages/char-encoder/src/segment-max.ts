import { customGrad, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * The greatest value of each column within each segment of rows, with its gradient, which goes to the first row that has it.
 *
 * @param x `[sum of lengths, columns]`
 * @param lengths of the segments, each at least 1
 * @returns `[segments, columns]`
 */
export function segmentMax(x: Tensor, lengths: Int32Array): Tensor2D {
  const [rows, columns] = x.shape;
  return customGrad((input) => {
    const values = (input as Tensor).dataSync<'float32'>();
    const most = new Float32Array(lengths.length * columns);
    /** `[segment, column]`: where in x the greatest value is. */
    const from = new Int32Array(most.length);
    for (let segment = 0, at = 0; segment < lengths.length; segment++) {
      const end = at + lengths[segment] * columns;
      for (let column = 0, p = segment * columns; column < columns; column++, p++) {
        let best = at + column;
        for (let q = best + columns; q < end; q += columns) if (values[q] > values[best]) best = q;
        from[p] = best;
        most[p] = values[best];
      }
      at = end;
    }
    return {
      value: tensor2d(most, [lengths.length, columns], 'float32'),
      gradFunc: (dy: Tensor) => {
        const slopes = dy.dataSync<'float32'>();
        const gradient = new Float32Array(rows * columns);
        for (let p = 0; p < from.length; p++) gradient[from[p]] = slopes[p];
        return tensor2d(gradient, [rows, columns], 'float32');
      },
    };
  })(x) as Tensor2D;
}

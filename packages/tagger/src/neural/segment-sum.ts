import { customGrad, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * The sums of segments of rows, with their gradient.
 *
 * @param x `[sum of counts, columns]`
 * @param counts rows of each segment, 0 or more
 * @returns `[segments, columns]`
 */
export function segmentSum(x: Tensor, counts: Int32Array): Tensor2D {
  const [rows, columns] = x.shape;
  return customGrad((input) => {
    const values = (input as Tensor).dataSync<'float32'>();
    const sums = new Float32Array(counts.length * columns);
    forEachRow(counts, (row, segment) => {
      for (let k = 0, p = segment * columns, q = row * columns; k < columns; k++)
        sums[p + k] += values[q + k];
    });
    return {
      value: tensor2d(sums, [counts.length, columns], 'float32'),
      gradFunc: (dy: Tensor) => {
        const slopes = dy.dataSync<'float32'>();
        const gradient = new Float32Array(rows * columns);
        forEachRow(counts, (row, segment) => {
          for (let k = 0, p = segment * columns, q = row * columns; k < columns; k++)
            gradient[q + k] = slopes[p + k];
        });
        return tensor2d(gradient, [rows, columns], 'float32');
      },
    };
  })(x) as Tensor2D;
}

function forEachRow(counts: Int32Array, visit: (row: number, segment: number) => void): void {
  let row = 0;
  counts.forEach((count, segment) => {
    for (const end = row + count; row < end; row++) visit(row, segment);
  });
}

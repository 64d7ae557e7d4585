import type { OptimiserFunctions } from './optimiser-functions.js';

/**
 * What the compiled modules and the scalar kernels both do. Addresses are in bytes, of float32 or int32 cells in one heap; strides and
 * widths are in cells. assembly/ says what each function computes.
 */
export interface KernelFunctions extends OptimiserFunctions {
  packPanels(b: number, stride: number, k: number, n: number, panels: number): void;
  packTransposed(transposed: number, stride: number, k: number, n: number, panels: number): void;
  gemm(
    a: number,
    aStride: number,
    panels: number,
    c: number,
    cStride: number,
    init: number,
    initStride: number,
    m: number,
    k: number,
    n: number,
  ): void;
  gemmTransposed(
    a: number,
    aStride: number,
    panels: number,
    c: number,
    cStride: number,
    add: boolean,
    m: number,
    k: number,
    n: number,
  ): void;
  lstmForwardStep(
    gates: number,
    cPrevious: number,
    previousRows: number,
    c: number,
    tanhC: number,
    y: number,
    yStride: number,
    rows: number,
    h: number,
  ): void;
  lstmBackwardStep(
    gates: number,
    cPrevious: number,
    previousRows: number,
    tanhC: number,
    dy: number,
    dyStride: number,
    dc: number,
    rows: number,
    h: number,
  ): void;
  gatherRows(
    source: number,
    sourceStride: number,
    index: number,
    rows: number,
    width: number,
    out: number,
    outStride: number,
  ): void;
  scatterAddRows(
    source: number,
    sourceStride: number,
    index: number,
    rows: number,
    width: number,
    out: number,
    outStride: number,
  ): void;
  sumRows(a: number, stride: number, rows: number, width: number, out: number): void;
  multiply(a: number, b: number, count: number, out: number): void;
  multiplyAdd(
    a: number,
    aStride: number,
    b: number,
    bStride: number,
    c: number,
    cStride: number,
    rows: number,
    width: number,
    out: number,
    outStride: number,
  ): void;
  applyTanh(a: number, count: number): void;
  tanhGradient(y: number, dy: number, count: number): void;
}

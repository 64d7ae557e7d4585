/** Multiplications and additions of the kernels' products of matrices, each two operations; of this thread alone. */
export const products = { operations: 0 };

type Product = (...args: readonly number[]) => void;

/*
 * Counts at the border of the WebAssembly module what is really computed, so that work that a model spares itself is not credited to it.
 * To be imported before the kernels are made.
 */
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    const { gemm, gemmTransposed } = this.exports as Record<string, Product | undefined>;
    if (!gemm || !gemmTransposed) return;
    // Rows, depth and columns are the last three arguments of both.
    const counted = (product: Product, first: number): Product => {
      return (...args) => {
        products.operations += 2 * args[first] * args[first + 1] * args[first + 2];
        product(...args);
      };
    };
    const value = {
      ...this.exports,
      gemm: counted(gemm, 7),
      gemmTransposed: counted(gemmTransposed, 6),
    };
    Object.defineProperty(this, 'exports', { value });
  }
};

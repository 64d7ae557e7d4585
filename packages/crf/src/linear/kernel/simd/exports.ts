/** What the module in assembly/ exports. Addresses are in bytes; ranges are half-open. */
export interface SimdFunctions {
  /** Σ weight · -log p of sequences; adds their expected frequencies. NaN where a score is none. */
  run(from: number, to: number): number;
  /** Gives the difference between the largest and the smallest transition weight, times `scale`, NaN if they are not finite. */
  beginChain(scale: number): number;
  endChain(): void;
  scoreTokens(from: number, to: number): void;
  addExpectations(from: number, to: number, weight: number): void;

  /** assembly/online.ts */
  infer(sequence: number, scale: number): number;
  slopes(sequence: number, factor: number): void;
  descend(sequence: number): void;
  startSquares(): void;
  descendAdaptively(sequence: number, eta: number): void;
  shrink(eta: number, c1: number, c2: number, denseEnd: number, sparseRows: number, size: number): void;
  decode(sequence: number): number;

  dot(a: number, b: number, from: number, to: number): number;
  step(target: number, start: number, factor: number, direction: number, from: number, to: number): void;
  combine(
    target: number,
    factor: number,
    source: number,
    scale: number,
    other: number,
    from: number,
    to: number,
  ): number;
  negate(target: number, source: number, from: number, to: number): void;
  clear(target: number, from: number, to: number): void;
  scatter(table: number, places: number, weights: number, from: number, to: number): void;
  collect(
    gradient: number,
    observed: number,
    places: number,
    expected: number,
    expectedBytes: number,
    threads: number,
    onceBase: number,
    onceExpected: number,
    from: number,
    to: number,
  ): void;
}

/** The variables of assembly/plan.ts, which says what they mean: those that are the same for all threads, */
export interface CommonPlan {
  readonly numTags: number;
  readonly stride: number;
  readonly sequenceOffsets: number;
  readonly tags: number;
  readonly sequenceWeights: number;
  readonly denseOffsets: number;
  readonly densePlaces: number;
  readonly denseValues: number;
  readonly loneOffsets: number;
  readonly lonePlaces: number;
  readonly loneValues: number;
  readonly onceOffsets: number;
  readonly onceValues: number;
  readonly sparseOffsets: number;
  readonly sparseRows: number;
  readonly sparseValues: number;
  readonly sparseStarts: number;
  readonly sparseTags: number;
  readonly sparseBase: number;
  readonly table: number;
  readonly onceBase: number;
  readonly onceExpected: number;
}

/** and those of one thread. */
export interface ThreadPlan {
  readonly expected: number;
  readonly scores: number;
  readonly alpha: number;
  readonly ahead: number;
  readonly scales: number;
  readonly factors: number;
  readonly factorsByTo: number;
  readonly pairs: number;
}

/** An instance of the module on a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Exports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports;
}

/** Sets the variables of an instance. */
export function setPlan(exports: WebAssembly.Exports, plan: CommonPlan & ThreadPlan): void {
  for (const [name, value] of Object.entries(plan) as [string, number][]) {
    (exports[name] as WebAssembly.Global<'i32'>).value = value;
  }
}

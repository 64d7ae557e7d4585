import type { Counts, Sections } from '../file/model-format.js';

/** What the module in assembly/tagging exports to tag with; see there. Addresses are in bytes. */
export interface TaggingFunctions {
  setPlan(at: number): void;
  hashParts(at: number, bytes: number, state: number): void;
  isSound(): number;
  prepareEdges(): void;
  clearScores(from: number, to: number): void;
  addNames(from: number, to: number, total: number, units: number, bytes: number): number;
  findName(length: number): number;
  addAttribute(token: number, attribute: number, value: number): void;
  decode(length: number): number;
}

/** Where the file begins. Before it there is room for the state of its checksum, at address 0, and for a plan. */
export const FILE_AT = 192;
const PLAN_AT = 64;
/** How many names may go over at once, of how many bytes; and of how many tokens. */
export const MAX_NAMES = 1024;
export const INPUT_BYTES = 1 << 16;
export const MAX_TOKENS = 1024;
/** State scores that there is room for, and the tokens that there is room for at least. Garbage collectors count room as memory. */
const SCORES = 1 << 15;
const LEAST_TOKENS = 512;
/** With more tags the matrices of transitions become too large to be held twice more. */
export const MAX_TAGS = 1024;
/** See assembly/tagging/cache.ts. */
const CACHE_BYTES = 2048 * 128;
/** See assembly/tagging/missing.ts. */
const ITEM_BYTES = 80;
/** Bytes of a page of memory, and how many pages there can be. */
export const PAGE = 65536;
export const MAX_PAGES = 65536;

/** What memory an instance of the module needs for a model, and where everything lies in it. */
export interface TaggingLayout {
  /** The variables of the module. */
  readonly plan: readonly number[];
  /** Addresses of the room for work. */
  readonly scratch: ScratchAddresses;
  readonly numTags: number;
  /** Numbers in a row of scores. */
  readonly stride: number;
  /** Tokens that can be worked on at once. */
  readonly maxTokens: number;
  /** Pages of memory. */
  readonly pages: number;
}

/** The variables of the module that say where a model file has what, in the order of `setPlan` in assembly/tagging/plan.ts. */
export function planOf(counts: Counts, at: Sections): number[] {
  const { tags, attributes, weights, endings, slots, prefixes, endingBytes } = counts;
  const numbers = [tags, attributes, weights, endings, slots, prefixes, endingBytes, at.maskBytes];
  const places = [
    at.transitions,
    at.stateWeights,
    at.slots,
    at.endings,
    at.prefixes,
    at.rowMasks,
    at.rowSizes,
    at.rowTags,
    at.endingNames,
  ];
  return [...numbers, ...places.map((section) => FILE_AT + section.at)];
}

/** The layout for a model file of so many bytes; undefined where the model is not suited. */
export function layOutTagging(fileBytes: number, counts: Counts, at: Sections): TaggingLayout | undefined {
  if (counts.tags > MAX_TAGS) return undefined;
  const { scratch, end } = scratchAt(fileBytes, counts.tags);
  const stride = strideOf(counts.tags);
  const plan = [...planOf(counts, at), stride, ...Object.values(scratch)];
  const pages = Math.ceil(end / PAGE);
  return { plan, scratch, numTags: counts.tags, stride, maxTokens: tokensFor(stride), pages };
}

/** Sets the variables of an instance of the module; those that the plan does not reach are of no use then. */
export function setPlan(functions: TaggingFunctions, buffer: ArrayBuffer, plan: readonly number[]): void {
  new Uint32Array(buffer, PLAN_AT, plan.length).set(plan);
  functions.setPlan(PLAN_AT);
}

/** An instance of the module in a memory of its own, with a file. */
export function setUpTagging(module: WebAssembly.Module, layout: TaggingLayout, file: Uint8Array) {
  const memory = new WebAssembly.Memory({ initial: layout.pages, maximum: MAX_PAGES });
  const functions = new WebAssembly.Instance(module, { env: { memory } })
    .exports as unknown as TaggingFunctions;
  const { buffer } = memory;
  new Uint8Array(buffer, FILE_AT, file.length).set(file);
  setPlan(functions, buffer, layout.plan);
  return { functions, buffer };
}

const strideOf = (numTags: number): number => numTags + (numTags & 1);
const tokensFor = (stride: number): number => Math.max(LEAST_TOKENS, Math.floor(SCORES / stride));

/** Where the room for work is, after a file of so many bytes; the order of `setPlan`. */
function scratchAt(fileBytes: number, numTags: number) {
  let end = FILE_AT + fileBytes;
  const region = (bytes: number): number => {
    // What is read past the end of the last one is that of this one.
    const at = Math.ceil((end + 16) / 64) * 64;
    end = at + bytes;
    return at;
  };
  const stride = strideOf(numTags);
  const tokens = tokensFor(stride);
  const scratch = {
    input: region(INPUT_BYTES),
    lengths: region(4 * MAX_NAMES),
    counts: region(4 * MAX_TOKENS),
    cache: region(CACHE_BYTES),
    found: region(4 * MAX_NAMES),
    missing: region(ITEM_BYTES * (MAX_NAMES + 1)),
    edges: region(8 * numTags * stride),
    edgesByTo: region(8 * numTags * stride),
    path: region(2 * tokens),
    scores: region(8 * tokens * stride),
    best: region(8 * tokens * stride),
  };
  return { scratch, end: end + 64 };
}
type ScratchAddresses = ReturnType<typeof scratchAt>['scratch'];

/** What the module in assembly/tagging exports to tag with; see there. Addresses are in bytes. */
export interface TaggingFunctions {
  hasHeader(length: number): number;
  areInBounds(): number;
  areRecords(): number;
  areFinite(): number;
  isIntact(length: number): number;
  checksum(from: number, length: number): number;
  layOut(): number;
  grow(): number;
  prepareEdges(): void;
  clearScores(from: number, to: number): void;
  addNames(from: number, to: number, total: number, units: number, bytes: number): number;
  findName(length: number): number;
  addAttribute(token: number, attribute: number, value: number): void;
  decode(length: number): number;
  // Once it is laid out: where the room for work is that the host fills and reads,
  readonly input: Variable;
  readonly lengths: Variable;
  readonly counts: Variable;
  readonly scores: Variable;
  readonly path: Variable;
  // the numbers in a row of scores, and how many tokens can be worked on at once.
  readonly stride: Variable;
  readonly maxTokens: Variable;
  // And of the file:
  readonly numTags: Variable;
  readonly tagOffsets: Variable;
  readonly tagNames: Variable;
  readonly tagBytes: Variable;
}

interface Variable {
  readonly value: number;
}

/** What a variable holds: addresses from 2^31 on come as negative numbers. */
export const valueOf = ({ value }: Variable): number => value >>> 0;

/** Where the file begins. */
export const FILE_AT = 192;
/** How many names may go over at once, of how many bytes; and of how many tokens. */
export const MAX_NAMES = 1024;
export const INPUT_BYTES = 1 << 16;
export const MAX_TOKENS = 1024;
/** With more tags, models are tagged with otherwise. */
export const MAX_TAGS = 1024;
/** What all but models of many tags need to work, in bytes; pages that are not touched cost nothing. */
const ROOM = 1 << 20;
const PAGE = 65536;
const MAX_PAGES = 65536;

/** The memory of an instance of the module, for a file of so many bytes. @throws where there is no such room */
export const memoryFor = (length: number): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: Math.ceil((FILE_AT + length + ROOM) / PAGE), maximum: MAX_PAGES });

/** An instance of the module in such a memory. */
export const instanceIn = (memory: WebAssembly.Memory, module: WebAssembly.Module): TaggingFunctions =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as TaggingFunctions;

/** Makes room to work, next to a file that is sound; false where the model is not suited or there is none. */
export const makeRoom = (functions: TaggingFunctions): boolean =>
  functions.layOut() === 1 && functions.grow() === 1;

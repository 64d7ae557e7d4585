import { CorpusError, shown } from '../../errors.js';
import type { Sentence } from '../../sentence.js';
import type { TokenObjects } from '../jsonl.js';
import type { LineParser, ParserContext } from '../line-parser.js';
import { JsonValues, parsePiece, type JsonPiece } from './json-values.js';

/** Keys under which documents tell what the numbers of tags mean. */
const tagNameKeys = new Set(['id_mapping', 'id2label', 'tag_names', 'label_list', 'names']);

/**
 * Reads JSON documents of objects with tokens and tags: an array of them, as RONEC is; or an object with an array for each split, and
 * with the names of the tags if these are numbers.
 */
export class JsonDocumentParser implements LineParser {
  readonly wholeLines = false;
  readonly #objects: TokenObjects;
  readonly #context: ParserContext;
  readonly #values: JsonValues;

  constructor(objects: TokenObjects, limit: number, context: ParserContext) {
    this.#objects = objects;
    this.#context = context;
    this.#values = new JsonValues({ members: true, limit }, context);
  }

  get line(): number {
    return this.#values.line - 1;
  }

  push(text: string, out: Sentence[]): void {
    const before = this.#values.line;
    for (const piece of this.#values.push(text)) this.#take(piece, out);
    this.#context.report.lines += this.#values.line - before;
  }

  end(out: Sentence[]): void {
    for (const piece of this.#values.end()) this.#take(piece, out);
  }

  #take({ json, line, key, element }: JsonPiece, out: Sentence[]): void {
    const value = parsePiece(json, line, this.#context);
    const namesTags = key !== undefined && tagNameKeys.has(key);
    if (element && !namesTags) this.#objects.take(value, line, json, out);
    else if (namesTags) this.#nameTags(value, line, element);
    // What else stands in the document (a version, a description) is no sentence.
  }

  /** `["O", "B-PER"]`, which comes element by element, or `{"0": "O", "1": "B-PER"}`. */
  #nameTags(value: unknown, line: number, element: boolean): void {
    const names = element ? [...(this.#objects.tagNames ?? []), value] : entriesOf(value);
    if (names?.every((name) => typeof name === 'string') !== true) {
      const { file } = this.#context;
      throw new CorpusError({ file, line, expected: 'names of tags by number', actual: shown(value) });
    }
    this.#objects.tagNames = names;
  }
}

function entriesOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const names: unknown[] = [];
  for (const [key, name] of Object.entries(value)) {
    if (!/^\d{1,4}$/.test(key)) return undefined;
    names[Number(key)] = name;
  }
  return Array.from(names, (name) => name ?? 'O');
}

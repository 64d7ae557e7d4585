import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { Failure } from '../failure.js';

export type Path = readonly (string | number)[];
export type Fields = Record<string, unknown>;

/** A file of YAML or JSON, and where in it things stand. */
export interface ConfigFile {
  readonly name: string;
  readonly fields: Fields;
  /** `file:line:column` of a field, or of the innermost that there is around it. */
  readonly place: (path: Path) => string;
  /** Whether the file itself has the field. */
  readonly has: (path: Path) => boolean;
}

/**
 * @param text what the file holds, or is going to hold; read from it unless given
 * @throws Failure with file, line and column, for a file that is no YAML or JSON or holds no fields
 */
export function readConfigFile(file: string | URL, text = readFileSync(file, 'utf8')): ConfigFile {
  const name = typeof file === 'string' ? file : fileURLToPath(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const [error] = document.errors;
    throw new Failure(`${place(error.pos[0])}: ${error.message}`);
  }
  const fields = contentOf(document, name);
  return {
    name,
    fields,
    place: (path) => place(offsetOf(document, path)),
    has: (path) => document.hasIn(path),
  };
}

function contentOf(document: Document, name: string): Fields {
  let value: unknown;
  try {
    // No more aliases than a person writes: a few lines could stand for gigabytes.
    value = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    throw new Failure(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (!isFields(value))
    throw new Failure(
      `${name}: expected fields with values, as "model: neural" of a recipe or "output: model" of a project`,
    );
  // For editors only.
  delete value.$schema;
  return value;
}

/** Where the last part of the path that is there begins: for a field, its name. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    let next: unknown;
    let start: number | undefined;
    if (isMap(node)) {
      const pair = node.items.find(({ key: name }) => (isScalar(name) ? name.value : name) === key);
      next = pair?.value;
      start = (pair?.key as Node | undefined)?.range?.[0];
    } else if (isSeq(node) && typeof key === 'number') {
      next = node.items[key];
      start = (next as Node | undefined)?.range?.[0];
    }
    if (start === undefined) return offset;
    offset = start;
    node = next;
  }
  return offset;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

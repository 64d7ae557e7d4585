import { CorpusError } from '../errors.js';
import { JsonValues, type JsonPiece } from '../formats/json/json-values.js';
import { ReadReport } from '../report.js';
import { sureOf, unknown, type Detection } from './detection.js';
import { detectObjects, parseObject } from './json-objects.js';

const looked = 20;

/** A JSON document that is no JSONL, by its first values; undefined where it is no JSON after all. */
export function detectDocument(
  sample: string,
  firstLine: string,
  otherwise?: Detection,
): Detection | undefined {
  const array = piecesOf(sample, false);
  const spacy = array.pieces.length > 0 ? array.pieces[0].json : array.open;
  if (/^\s*\[/.test(sample) && /^\{[^[{]*"paragraphs"\s*:\s*\[/.test(spacy)) {
    return sureOf('spacy', {}, 'a JSON array of documents with paragraphs, as spaCy trains on');
  }
  const tuples = array.pieces.filter(({ json }) => /^\[\s*"/.test(json)).length;
  if (tuples > 0 && tuples === array.pieces.length) {
    return sureOf('spans', {}, 'a JSON array of texts with their entities');
  }
  const { pieces } = /^\s*\[/.test(sample) ? array : piecesOf(sample, true);
  const objects = pieces
    .filter(({ element, json }) => element && json.startsWith('{'))
    .map(({ json }) => parseObject(json))
    .filter((object) => object !== undefined);
  const named = pieces.some(({ element, key }) => !element && key !== undefined);
  const shape = /^\s*\[/.test(sample) ? 'a JSON array of objects' : 'a JSON object with arrays of objects';
  const found = detectObjects(objects, shape, 'json');
  if (found !== undefined && (found.format === 'json' || /^\s*\[/.test(sample))) {
    // Names of the tags stand in the document: numbers are no question.
    return named && found.format === 'json' ? { ...found, confidence: 1, sure: true, doubts: [] } : found;
  }
  if (otherwise !== undefined) return otherwise;
  // A token "{" on the first line of a file of columns is no JSON.
  return /^\s*[[{]\s*(?:$|["{[\]}])/.test(firstLine) ? unknown('a JSON document of another kind') : undefined;
}

/** The first values of a sample, which may be cut anywhere, and how the one that is cut begins. */
function piecesOf(sample: string, members: boolean): { pieces: JsonPiece[]; open: string } {
  const pieces: JsonPiece[] = [];
  const values = new JsonValues(
    { members, limit: sample.length },
    { file: undefined, report: new ReadReport() },
  );
  try {
    for (const piece of values.push(sample)) {
      pieces.push(piece);
      if (pieces.length === looked) break;
    }
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
  }
  return { pieces, open: values.open };
}

import type { Detection } from './detect/detection.js';
import type { FormatName } from './formats/names.js';

/** What a note is about; each kind is also a count of the report. */
export type NoteKind =
  | 'repairedTags'
  | 'controlTokens'
  | 'emptyTokens'
  | 'emptySentences'
  | 'splitTokens'
  | 'emptyTags'
  | 'trailingSeparators'
  | 'mergedTags'
  | 'missingTags'
  | 'cutTokens'
  | 'overlappingSpans'
  | 'emptySpans'
  | 'discontinuousSpans'
  | 'brokenMarkup'
  | 'skippedTexts'
  | 'skippedAnnotations';

/** One place where a reader had to do more than read. */
export interface ReadNote {
  readonly kind: NoteKind;
  readonly file: string | undefined;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** What a reader saw and did. The counts grow while the sentences are read. */
export class ReadReport {
  /** Files and members of archives that were read. */
  readonly files: string[] = [];
  /** Members of an archive that were not asked for, or hold no corpus (a licence, a read-me). */
  readonly skippedMembers: string[] = [];
  format: FormatName | undefined;
  /** How the format was found, of the last file; undefined where the caller named it. */
  detection: Detection | undefined;

  lines = 0;
  blankLines = 0;
  commentLines = 0;
  headerLines = 0;
  docStarts = 0;

  sentences = 0;
  /** Tokens of these sentences. */
  tokens = 0;

  /** Tags that broke the scheme of the file and were repaired (`conlleval`), or lost with their entity (`discard`). */
  repairedTags = 0;
  /** Entities left out under the repair policy `discard`. */
  discardedEntities = 0;
  /** Tokens of nothing but control, format and white-space characters: kept or dropped, as the option says. */
  controlTokens = 0;
  /** Empty tokens that were dropped. */
  emptyTokens = 0;
  /** Sentences without tokens (an empty array in JSONL), which are left out. */
  emptySentences = 0;
  /** Tokens left out: empty ones and, if the options say so, control tokens. */
  droppedTokens = 0;
  /** Joined multiwords that were split. */
  splitTokens = 0;
  /** Empty tags that were read as O. */
  emptyTags = 0;
  /** Lines whose last separator, with nothing behind it, was taken off. */
  trailingSeparators = 0;
  /** CoNLL-U ranges (`3-4`). */
  multiwordTokens = 0;
  /** CoNLL-U empty nodes (`3.1`), which are left out. */
  emptyNodes = 0;
  /** Multiword tokens whose words bore tags of different entities: the first was kept. */
  mergedTags = 0;
  /** spaCy's `-`, a tag that is not known: read as O. */
  missingTags = 0;

  /** Spans that begin or end inside a token; option `cutTokens` says what became of them. */
  cutTokens = 0;
  /** Spans left out because they overlap with one that begins before them, or holds them. */
  overlappingSpans = 0;
  /** Spans left out because no token is in them. */
  emptySpans = 0;
  /** brat's spans in pieces, read as one from the first piece to the last. */
  discontinuousSpans = 0;
  /** Lines with a tag that is not opened or not closed; option `brokenMarkup` says what became of them. */
  brokenMarkup = 0;
  /** Texts left out: rejected, ignored or not annotated. */
  skippedTexts = 0;
  /** Annotations of the same text beside the first, which are not read. */
  skippedAnnotations = 0;

  /** The first few notes of each kind. */
  readonly notes: ReadNote[] = [];

  /** Counts something and keeps a note of it, if there are not enough of its kind. */
  note(kind: NoteKind, file: string | undefined, line: number, text: () => string, count = 1): void {
    if (this[kind] < notesOfAKind) this.notes.push({ kind, file, line, text: text() });
    this[kind] += count;
  }
}

const notesOfAKind = 5;

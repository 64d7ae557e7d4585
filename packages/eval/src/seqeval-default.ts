import { EvaluationError } from './errors.js';
import type { TagSentences } from './input.js';

/** An entity as seqeval sees it. Positions run on over all sentences, each of which takes one more than it has tokens. */
export interface SeqevalEntity {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

interface ChunkTag {
  readonly prefix: string;
  readonly label: string;
}

/** seqeval gives O the label that it gives every tag without label. */
const outsideTag: ChunkTag = { prefix: 'O', label: '_' };

/**
 * The entities of seqeval's default mode (1.2.2, `get_entities`): one pass over all sentences with an O after each. The first
 * character of a tag is its prefix, what follows the first hyphen after it the label, `_` if there is none.
 */
export function defaultEntities(sentences: TagSentences, name: string): SeqevalEntity[] {
  const parse = tagParser(name);
  const entities: SeqevalEntity[] = [];
  let last: ChunkTag = { prefix: 'O', label: '' };
  let position = 0;
  let start = 0;
  const step = (tag: ChunkTag): void => {
    if (endsChunk(last, tag)) entities.push({ label: last.label, start, end: position });
    if (startsChunk(last, tag)) start = position;
    last = tag;
    position++;
  };
  sentences.forEach((tags, s) => {
    for (let t = 0; t < tags.length; t++) step(parse(tags[t], s, t));
    step(outsideTag);
  });
  step(outsideTag);
  return entities;
}

const endsBetween = new Set(['BB', 'BS', 'BO', 'IB', 'IS', 'IO']);
const startsBetween = new Set(['EE', 'EI', 'SE', 'SI', 'OE', 'OI']);

function endsChunk(last: ChunkTag, tag: ChunkTag): boolean {
  return (
    last.prefix === 'E' ||
    last.prefix === 'S' ||
    endsBetween.has(last.prefix + tag.prefix) ||
    (last.prefix !== 'O' && last.prefix !== '.' && last.label !== tag.label)
  );
}

function startsChunk(last: ChunkTag, tag: ChunkTag): boolean {
  return (
    tag.prefix === 'B' ||
    tag.prefix === 'S' ||
    startsBetween.has(last.prefix + tag.prefix) ||
    (tag.prefix !== 'O' && tag.prefix !== '.' && last.label !== tag.label)
  );
}

function tagParser(name: string): (tag: string, sentence: number, token: number) => ChunkTag {
  const known = new Map<string, ChunkTag>();
  return (tag, sentence, token) => {
    let parsed = known.get(tag);
    if (!parsed) {
      if (tag === '') {
        throw new EvaluationError(
          `${name} sentence ${sentence}, token ${token}: expected a tag, got an empty string`,
        );
      }
      const prefix = String.fromCodePoint(tag.codePointAt(0) ?? 0);
      const rest = tag.slice(prefix.length);
      const hyphen = rest.indexOf('-');
      parsed = { prefix, label: (hyphen < 0 ? rest : rest.slice(hyphen + 1)) || '_' };
      known.set(tag, parsed);
    }
    return parsed;
  };
}

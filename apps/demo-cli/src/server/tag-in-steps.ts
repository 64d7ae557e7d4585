import { setImmediate } from 'node:timers/promises';
import type { Entity, Tagger, TaggerInput } from '@cognate/tagger';
import { sentencePieces } from '@cognate/text';
import { HttpError } from './http-error.js';
import { scoringLanguage } from './scoring-language.js';
import type { TagItem } from './tag-request.js';

/** Tokens that are tagged before others get their turn: 16 sentences or more, and some tens of milliseconds of a neural tagger. */
const stepTokens = 512;

interface Sentence {
  readonly input: TaggerInput;
  /** Number of its first token in the whole item. */
  readonly first: number;
  readonly length: number;
  /** Where it starts in the item, if that is a text. */
  readonly start?: number;
}

/**
 * Tags as `tagger.tag` does, but lets other requests in between, and can be given up.
 *
 * @param longest tokens of a sentence, which cannot be given up half done
 * @throws HttpError 400 for a language that the tagger does not know, 413 for a longer sentence, before any is tagged; the signal's reason once it is aborted
 */
export async function tagInSteps(
  tagger: Tagger,
  item: TagItem,
  longest: number,
  signal: AbortSignal,
): Promise<Entity[]> {
  const language = item.language ?? tagger.language;
  const scoring = item.language === undefined ? language : scoringLanguage(tagger, item.language, item.place);
  const sentences = await sentencesOf(item.input, language, signal);
  checkLengths(sentences, longest, item.place);
  const entities: Entity[] = [];
  for (const step of stepsOf(sentences)) {
    await setImmediate();
    signal.throwIfAborted();
    // Together: a neural tagger is quicker then.
    const found = tagger.tagBatch(
      step.map(({ input }) => input),
      { language: scoring },
    );
    step.forEach(({ first }, s) => {
      for (const entity of found[s]) {
        const { tokenStart, tokenEnd } = entity;
        entities.push({ ...entity, tokenStart: tokenStart + first, tokenEnd: tokenEnd + first });
      }
    });
  }
  return entities;
}

/** Lets others in between, too: to cut a megabyte takes seconds. */
async function sentencesOf(
  input: TagItem['input'],
  language: string | undefined,
  signal: AbortSignal,
): Promise<Sentence[]> {
  if (typeof input !== 'string') return [{ input, first: 0, length: input.length }];
  const sentences: Sentence[] = [];
  let first = 0;
  for (const piece of sentencePieces(input, language)) {
    for (const { tokens, start } of piece) {
      sentences.push({
        input: { tokens: tokens.map(({ text }) => text), text: input, offsets: tokens },
        first,
        length: tokens.length,
        start,
      });
      first += tokens.length;
    }
    await setImmediate();
    signal.throwIfAborted();
  }
  return sentences;
}

function checkLengths(sentences: readonly Sentence[], longest: number, place: string): void {
  const tooLong = sentences.find(({ length }) => length > longest);
  if (!tooLong) return;
  const { length, start } = tooLong;
  const where = start === undefined ? '' : ` in the one that starts at character ${start}`;
  throw new HttpError(
    413,
    `${place}: expected at most ${longest} tokens in a sentence, got ${length}${where}`,
  );
}

/** As many sentences as have `stepTokens` tokens together, or one that has more alone. */
function* stepsOf(sentences: readonly Sentence[]): Generator<Sentence[]> {
  let step: Sentence[] = [];
  let tokens = 0;
  for (const sentence of sentences) {
    if (step.length > 0 && tokens + sentence.length > stepTokens) {
      yield step;
      step = [];
      tokens = 0;
    }
    step.push(sentence);
    tokens += sentence.length;
  }
  if (step.length > 0) yield step;
}

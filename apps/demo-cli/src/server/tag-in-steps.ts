import { setImmediate } from 'node:timers/promises';
import type { Entity, Tagger, TaggerInput } from '@cognate/tagger';
import { splitSentences } from '@cognate/text';
import type { TagItem } from './tag-request.js';

/** Sentences that are tagged before others get their turn. */
const step = 16;

/**
 * Tags as `tagger.tag` does, but lets other requests in between, and can be given up.
 *
 * @throws the signal's reason once it is aborted
 */
export async function tagInSteps(tagger: Tagger, item: TagItem, signal: AbortSignal): Promise<Entity[]> {
  const language = item.language ?? tagger.language;
  const sentences = [...sentencesOf(item.input, language)];
  const entities: Entity[] = [];
  for (let at = 0; at < sentences.length; at += step) {
    await setImmediate();
    signal.throwIfAborted();
    const some = sentences.slice(at, at + step);
    // Together: a neural tagger is quicker then.
    const found = tagger.tagBatch(
      some.map(({ input }) => input),
      { language },
    );
    for (let s = 0; s < some.length; s++) {
      const { first } = some[s];
      for (const entity of found[s]) {
        const { tokenStart, tokenEnd } = entity;
        entities.push({ ...entity, tokenStart: tokenStart + first, tokenEnd: tokenEnd + first });
      }
    }
  }
  return entities;
}

function* sentencesOf(
  input: TaggerInput,
  language: string | undefined,
): Generator<{ input: TaggerInput; first: number }> {
  if (typeof input !== 'string') {
    yield { input, first: 0 };
    return;
  }
  let first = 0;
  for (const { tokens } of splitSentences(input, language)) {
    yield { input: { tokens: tokens.map(({ text }) => text), text: input, offsets: tokens }, first };
    first += tokens.length;
  }
}

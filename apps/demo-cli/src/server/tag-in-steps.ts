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
  const entities: Entity[] = [];
  let done = 0;
  for (const { input, first } of sentencesOf(item.input, language)) {
    if (done++ % step === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
    for (const entity of tagger.tag(input, { language })) {
      entities.push({
        ...entity,
        tokenStart: entity.tokenStart + first,
        tokenEnd: entity.tokenEnd + first,
      });
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

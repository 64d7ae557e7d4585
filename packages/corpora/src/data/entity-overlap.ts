import { readSpans, type Scheme } from '@cognate/tag-scheme';
import { batchesOf, type Sentence, type Sentences } from '../sentence.js';
import { foldWords } from './sentence-key.js';

/** How far a list of the names in one corpus would get in another. */
export interface EntityOverlap {
  /** Mentions in the target corpus. */
  readonly mentions: number;
  /** Of these, those that occur in the source with the same words, case aside, and the same label. */
  readonly seen: number;
  /** `seen` of `mentions`; 0 where there are none. */
  readonly share: number;
  /** Mentions whose words occur in the source, but with other labels only. */
  readonly seenWithOtherLabel: number;
  /** By label. */
  readonly labels: Readonly<Record<string, { readonly mentions: number; readonly seen: number }>>;
}

/** Which entities of a target corpus (a test set) occur in a source corpus (its training data). */
export async function entityOverlap(
  source: Sentences,
  target: Sentences,
  { scheme = 'IOB2' }: { readonly scheme?: Scheme } = {},
): Promise<EntityOverlap> {
  const known = new Map<string, Set<string>>();
  for await (const batch of batchesOf(source)) {
    for (const sentence of batch) {
      for (const { name, label } of mentionsOf(sentence, scheme)) {
        const labels = known.get(name);
        if (labels === undefined) known.set(name, new Set([label]));
        else labels.add(label);
      }
    }
  }
  const labels = Object.create(null) as Record<string, { mentions: number; seen: number }>;
  let mentions = 0;
  let seen = 0;
  let seenWithOtherLabel = 0;
  for await (const batch of batchesOf(target)) {
    for (const sentence of batch) {
      for (const { name, label } of mentionsOf(sentence, scheme)) {
        const count = (labels[label] ??= { mentions: 0, seen: 0 });
        count.mentions++;
        mentions++;
        const found = known.get(name);
        if (found?.has(label) === true) {
          count.seen++;
          seen++;
        } else if (found !== undefined) {
          seenWithOtherLabel++;
        }
      }
    }
  }
  return { mentions, seen, share: mentions === 0 ? 0 : seen / mentions, seenWithOtherLabel, labels };
}

function mentionsOf({ tokens, tags }: Sentence, scheme: Scheme): { name: string; label: string }[] {
  if (tags === undefined) return [];
  return readSpans(tags, scheme).spans.map(({ start, end, label }) => ({
    name: foldWords(tokens.slice(start, end).join(' ')),
    label,
  }));
}

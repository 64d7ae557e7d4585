import { GridError } from './errors.js';

/** The parts of a neural tagger that languages share or have each for itself. */
export const sharedParts = [
  'characterEncoder',
  'wordEmbeddings',
  'sentenceEncoder',
  'output',
  'transitions',
] as const;

export type SharedPart = (typeof sharedParts)[number];
export type SharingSettings = Readonly<Record<SharedPart, 'shared' | 'perLanguage'>>;

/**
 * What a name of a sharing stands for: `all`, `none`, `only characterEncoder`, `all but transitions`; several parts by commas.
 *
 * @throws GridError for any other name
 */
export function readSharing(name: string): SharingSettings {
  const match = /^(all|none|only (.+)|all but (.+))$/u.exec(name);
  const parts = (match?.[2] ?? match?.at(3))?.split(/\s*,\s*/u) ?? [];
  const unknown = parts.find((part) => !sharedParts.includes(part as SharedPart));
  if (!match || unknown !== undefined)
    throw new GridError(
      `sharing: expected all, none, "only PART" or "all but PART" with parts of ${sharedParts.join(', ')}, got ${JSON.stringify(name)}`,
    );
  const named = (part: SharedPart): boolean => parts.includes(part);
  const rule = match.at(3) !== undefined ? (part: SharedPart) => !named(part) : named;
  return Object.fromEntries(
    sharedParts.map((part) => [
      part,
      name === 'all' || (name !== 'none' && rule(part)) ? 'shared' : 'perLanguage',
    ]),
  ) as unknown as SharingSettings;
}

import type { NameList, PatternFile } from '../patterns/format.js';
import { byCodeUnits, hashText } from './random.js';
import type { Gender, Split } from './types.js';

/** A name with its forms, in one gender. */
export interface Entry {
  readonly text: string;
  readonly forms: ReadonlyMap<string, string>;
  readonly gender?: Gender;
  /** The split that owns the name; none for entries with slots and for words that are not names. */
  split?: Split | undefined;
  readonly weight: number;
}

export interface EntryList {
  readonly tags: readonly string[];
  readonly entries: readonly Entry[];
  readonly weight?: number;
}

export type Inventory = ReadonlyMap<string, readonly EntryList[]>;

/** Parts of a list's names that dev and test own; train has the rest. */
const shares = { dev: 0.14, test: 0.28 };

/**
 * Deals the names of one list to the splits, by a hash of name and language: each list gives every split its share, and a name that
 * relatives have in common may be trained on in one language and tested on in another, as it happens with real text.
 */
function dealNames(owners: readonly string[], language: string, dealt: Map<string, Split>): void {
  const key = (name: string): number => hashText(`deal ${language} ${name.normalize('NFC').toLowerCase()}`);
  const open = [...new Set(owners)]
    .filter((name) => !dealt.has(name))
    .sort((a, b) => key(a) - key(b) || byCodeUnits(a, b));
  const part = (share: number): number =>
    Math.max(Math.round(share * open.length), Math.min(1, open.length >> 1));
  const dev = part(shares.dev);
  const test = dev + part(shares.test);
  open.forEach((name, i) => dealt.set(name, i < dev ? 'dev' : i < test ? 'test' : 'train'));
}

const hasSlot = (text: string): boolean => text.includes('{');

/** `base/form/form` of one gender. */
function readForms(source: string, cases: readonly string[], where: string): Map<string, string> {
  const forms = new Map<string, string>();
  const parts = source.split('/').map((part) => part.trim());
  if (parts.length > cases.length) {
    throw new Error(
      `${where}: "${source}" has ${parts.length} forms, the language ${cases.length} (${cases.join(', ')}).`,
    );
  }
  parts.forEach((part, i) => {
    if (part !== '') forms.set(cases[i], part);
  });
  return forms;
}

function readEntry(
  source: string,
  list: NameList,
  cases: readonly string[],
  where: string,
): (Entry & { readonly owner: string })[] {
  const halves = source.split(' | ');
  if (halves.length > 2)
    throw new Error(`${where}: "${source}" has more than a masculine and a feminine half.`);
  const listGender = (['m', 'f'] as const).find((gender) => list.tags.includes(gender));
  const read = halves.map((half) => readForms(half, cases, where));
  const owner = read[0].get(cases[0]);
  return read.flatMap((forms, i) => {
    const text = forms.get(cases[0]);
    if (text === undefined || owner === undefined) throw new Error(`${where}: "${source}" has no base form.`);
    const gender = halves.length === 2 ? (i === 0 ? 'm' : 'f') : listGender;
    const slots = hasSlot(text);
    return {
      text,
      forms,
      weight: slots ? 10 : 1,
      ...(gender === undefined ? {} : { gender }),
      // Both halves go where the masculine goes: Іванова may be his genitive and her name.
      owner,
    };
  });
}

/** Lists whose words make up entities; all others serve each split. */
const isDealt = (kind: string, persons: readonly string[]): boolean =>
  kind === 'LOC' || kind === 'ORG' || persons.includes(kind);

/**
 * All names of a language: its own lists first, then what it includes from public data, without repeats within a kind and gender.
 */
export function buildInventory(
  file: PatternFile,
  included: ReadonlyMap<string, readonly NameList[]>,
  personLists: readonly string[],
): Inventory {
  const cases = file.cases ?? ['base'];
  const inventory = new Map<string, readonly EntryList[]>();
  const kinds = [...new Set([...Object.keys(file.names), ...included.keys()])];
  for (const kind of kinds) {
    if (kind === 'PER')
      throw new Error(`${file.language}: persons come from given, surname and persons, not from names.PER.`);
    const dealt = isDealt(kind, personLists);
    const seen = new Set<string>();
    const splits = new Map<string, Split>();
    const read = (list: NameList): EntryList => {
      const entries = list.entries
        .flatMap((source) => readEntry(source, list, cases, `${file.language}, names.${kind}`))
        .filter((entry) => {
          const key = dealt ? `${entry.gender ?? ''} ${entry.text}` : `${list.tags.join('.')} ${entry.text}`;
          if (seen.has(key)) return false;
          seen.add(key);
          return true;
        });
      const names = entries.filter((entry) => dealt && !hasSlot(entry.text));
      dealNames(
        names.map((entry) => entry.owner),
        file.language,
        splits,
      );
      for (const entry of names) entry.split = splits.get(entry.owner);
      return { tags: list.tags, entries, ...(list.weight === undefined ? {} : { weight: list.weight }) };
    };
    inventory.set(kind, [...(file.names[kind] ?? []), ...(included.get(kind) ?? [])].map(read));
  }
  return inventory;
}

import type { PreparedLattice } from '@cognate/crf';
import { TaggerError, shown } from '../errors.js';
import {
  LatticeTagger,
  type LatticeInput,
  type LatticeOptions,
  type LatticeTags,
} from '../lattice-tagger.js';
import type { LinearTagger } from '../linear/linear-tagger.js';
import type { ModelFiles } from '../model/files.js';
import type { NeuralTagger } from '../neural/neural-tagger.js';
import { ensembleFiles } from './ensemble-files.js';
import { memberSchema, mostMembers } from './model-config.js';
import { Pool } from './pool.js';

/** A tagger in an ensemble. */
export interface EnsembleMember {
  readonly tagger: LinearTagger | NeuralTagger;
  /** What its scores count for; those of all members are divided by their sum. Default 1. */
  readonly weight?: number | undefined;
  /** Lower-case letters, digits and `-`; in the model's files. Default `member-1`, `member-2`, ... */
  readonly name?: string | undefined;
}

/**
 * Several taggers as one: the probability of a tagging is the weighted geometric mean of the members', normalised (a logarithmic opinion pool,
 * Smith, Cohn and Osborne 2005). Members err in different places, and a pool of a linear and some neural taggers is better than
 * the best of them. Tagging takes the time of all members together.
 */
export class EnsembleTagger extends LatticeTagger {
  readonly type = 'ensemble';
  readonly labels: readonly string[];
  readonly language: string | undefined;
  readonly languages: readonly string[];
  /** Names and weights filled in. */
  readonly members: readonly Required<EnsembleMember>[];
  readonly #pool: Pool;

  /**
   * @param members trained for the same language, in the same scheme, on data with the same labels
   * @param options.language code of the language that the tagger is for; default the first member's
   * @throws TaggerError for members that do not go together, with what differs
   */
  constructor(members: readonly EnsembleMember[], options: { readonly language?: string | undefined } = {}) {
    const named = readMembers(members);
    const tags = commonTags(named);
    super(tags);
    this.members = named;
    this.labels = named[0].tagger.labels;
    this.language = options.language ?? named[0].tagger.language;
    this.languages = named[0].tagger.languages.filter((code) =>
      named.every(({ tagger }) => tagger.languages.includes(code)),
    );
    const sum = named.reduce((total, { weight }) => total + weight, 0);
    this.#pool = new Pool(
      named.map(({ tagger, weight }) => ({
        weight: weight / sum,
        numbers: Int32Array.from(tags.tags, (tag) => tagger.tags.indexOf(tag)),
        numTags: tagger.tags.length,
      })),
      tags.tags.length,
    );
  }

  /** `config.json`, the members' files in one of the format safetensors, and a model card, `README.md`. */
  toFiles(): ModelFiles {
    return ensembleFiles(this);
  }

  /** Gives back the tensors that neural members keep. */
  dispose(): void {
    for (const { tagger } of this.members) if (tagger.type === 'neural') tagger.dispose();
  }

  protected scored(sentences: readonly LatticeInput[], options?: LatticeOptions): PreparedLattice[] {
    const all = this.members.map(({ tagger }) => tagger.lattices(sentences, options));
    return sentences.map((_, index) => this.#pool.pool(all.map((lattices) => lattices[index])));
  }
}

function readMembers(members: readonly EnsembleMember[]): Required<EnsembleMember>[] {
  const given: unknown = members;
  if (!Array.isArray(given) || given.length === 0 || given.length > mostMembers)
    throw new TaggerError(
      `members: expected an array of 1 to ${mostMembers}, got ${Array.isArray(given) ? given.length : shown(given)}`,
    );
  const read = members.map(({ tagger, weight = 1, name }, index) => {
    const found = memberSchema.safeParse({ name: name ?? `member-${index + 1}`, weight });
    if (!found.success) {
      const [{ path, message }] = found.error.issues;
      throw new TaggerError(`members[${index}]: ${path.map(String).join('.')}: ${message}`);
    }
    return { tagger, ...found.data };
  });
  const names = read.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new TaggerError(`members: expected each name once, got ${shown(twice)} twice`);
  return read;
}

/** What the members agree on. The tags are those that each of them has: a linear tagger knows only tags that it has seen. */
function commonTags(members: readonly Required<EnsembleMember>[]): LatticeTags {
  const [first] = members;
  for (const { tagger, name } of members)
    for (const property of ['scheme', 'tagScheme', 'labels'] as const) {
      const [ours, theirs] = [String(first.tagger[property]), String(tagger[property])];
      if (ours !== theirs)
        throw new TaggerError(
          `members: expected all to have the ${property} of ${first.name}, ${ours}, got ${theirs} in ${name}`,
        );
    }
  const { scheme, tagScheme } = first.tagger;
  const tags = first.tagger.tags.filter((tag) => members.every(({ tagger }) => tagger.tags.includes(tag)));
  if (tags.length === 0)
    throw new TaggerError(
      `members: expected a tag that all of them have, got ${members.map(({ tagger, name }) => `${tagger.tags.join(', ')} in ${name}`).join('; ')}`,
    );
  return { tags, scheme, tagScheme };
}

import { MAX_TAGS } from './corpus.js';
import { CrfInputError, show } from './errors.js';
import { GrowableFloat64, GrowableInt32 } from './growable.js';
import { StringTable } from './string-table.js';
import type { ModelWeights } from './weights.js';

/** A weight as `topWeights` gives it; `kind` may be left out. */
export type WeightEdit =
  | { readonly kind?: 'state'; readonly attribute: string; readonly tag: string; readonly weight: number }
  | { readonly kind?: 'transition'; readonly from: string; readonly to: string; readonly weight: number };

/** How much models have in common. */
export interface MergeStatistics {
  readonly models: number;
  readonly tags: Overlap;
  readonly attributes: Overlap;
  readonly stateWeights: WeightOverlap;
  readonly transitionWeights: WeightOverlap;
}

interface Overlap {
  /** In any of the models. */
  readonly all: number;
  /** In each of them. */
  readonly shared: number;
}

interface WeightOverlap extends Overlap {
  /** Above 0 in one model and below 0 in another. */
  readonly conflicts: number;
}

/** The model without the weights whose size is below `threshold`, and without attributes that have no others. */
export function prune(model: ModelWeights, threshold: number): ModelWeights {
  const given: unknown = threshold;
  if (typeof given !== 'number' || !(given >= 0 && given < Infinity)) {
    throw new CrfInputError(`threshold: expected a finite number, at least 0, got ${show(given)}`);
  }
  const kept = (weight: number): number => (Math.abs(weight) >= threshold ? weight : 0);
  return rebuild(model.tags, model.attributes, model.transitions.map(kept), (a, row) => {
    addRow(model, a, row, kept);
  });
}

/**
 * The model with some weights replaced; weight 0 takes a feature out. Attributes may be new, tags may not.
 *
 * @throws CrfInputError with the number of the edit that is none.
 */
export function patch(model: ModelWeights, edits: Iterable<WeightEdit>): ModelWeights {
  const { tags } = model;
  const tagIds = new Map(tags.map((tag, id) => [tag, id]));
  const attributes = new StringTable();
  for (let a = 0; a < model.attributes.size; a++) attributes.intern(model.attributes.at(a));
  const transitions = model.transitions.slice();
  const rows = new Map<number, Map<number, number>>(); // attribute -> tag -> weight
  let count = 0;
  for (const edit of edits as Iterable<unknown>) {
    const { attribute, tag, from, to, weight } = (edit ?? {}) as Partial<Record<string, unknown>>;
    const where = `edits[${count++}]`;
    const tagId = (name: string, given: unknown): number => {
      const id = typeof given === 'string' ? tagIds.get(given) : undefined;
      if (id !== undefined) return id;
      const expected = `a tag of the model (${tags.join(', ')})`;
      throw new CrfInputError(`${where}.${name}: expected ${expected}, got ${show(given)}`);
    };
    if (typeof weight !== 'number' || !Number.isFinite(weight)) {
      throw new CrfInputError(`${where}.weight: expected a finite number, got ${show(weight)}`);
    }
    if (attribute === undefined && from === undefined) {
      throw new CrfInputError(
        `${where}: expected { attribute, tag, weight } or { from, to, weight }, got ${show(edit)}`,
      );
    }
    if (attribute === undefined) {
      transitions[tagId('from', from) * tags.length + tagId('to', to)] = weight;
      continue;
    }
    if (typeof attribute !== 'string') {
      throw new CrfInputError(`${where}.attribute: expected a string, got ${show(attribute)}`);
    }
    const id = tagId('tag', tag);
    const a = attributes.intern(attribute);
    const row = rows.get(a) ?? new Map<number, number>();
    rows.set(a, row.set(id, weight));
  }
  return rebuild(tags, attributes, transitions, (a, row) => {
    if (a < model.attributes.size) addRow(model, a, row);
    for (const [tag, weight] of rows.get(a) ?? []) row[tag] = weight;
  });
}

/**
 * The weights of several models added up, each times its share. Tags and attributes are those of all, in order of their first
 * appearance; a model that lacks a feature counts as having weight 0 for it.
 *
 * @throws CrfInputError for shares that do not fit, or with which a weight is not finite: the first such share.
 */
export function merge(models: readonly ModelWeights[], shares: readonly number[] | undefined): ModelWeights {
  if (models.length === 0) throw new CrfInputError('models: expected at least one, got none');
  const factors = shares ?? models.map(() => 1 / models.length);
  const given: unknown = factors;
  if (!Array.isArray(given) || given.length !== models.length || !given.every(Number.isFinite)) {
    throw new CrfInputError(`shares: expected a finite number for each of ${models.length} models`);
  }
  const union = unite(models);
  const { tags, attributes, tagIds, rowsOf } = union;
  if (tags.length > MAX_TAGS) {
    throw new CrfInputError(`models: expected at most ${MAX_TAGS} tags together, got ${tags.length}`);
  }
  const check = (sums: Float64Array, m: number): void => {
    if (sums.every(Number.isFinite)) return;
    throw new CrfInputError(`shares[${m}]: expected one with which weights stay finite, got ${factors[m]}`);
  };
  const transitions = new Float64Array(tags.length * tags.length);
  for (const [m, model] of models.entries()) {
    const size = model.tags.length;
    for (let cell = 0; cell < model.transitions.length; cell++) {
      const from = tagIds[m][Math.floor(cell / size)];
      transitions[from * tags.length + tagIds[m][cell % size]] += factors[m] * model.transitions[cell];
    }
    check(transitions, m);
  }
  return rebuild(tags, attributes, transitions, (a, row) => {
    for (const [m, model] of models.entries()) {
      const own = rowsOf[m][a];
      if (own >= 0) addRow(model, own, row, (weight) => factors[m] * weight, tagIds[m]);
      check(row, m);
    }
  });
}

/** What models that are merged have in common. */
export function mergeStatistics(models: readonly ModelWeights[]): MergeStatistics {
  const { tags, attributes, tagIds, rowsOf } = unite(models);
  const inAll = (has: (model: number) => boolean): boolean => models.every((_, m) => has(m));
  const stateWeights = new Counts(models.length);
  let sharedAttributes = 0;
  const columns = models.map(() => new Float64Array(tags.length));
  for (let a = 0; a < attributes.size; a++) {
    if (inAll((m) => rowsOf[m][a] >= 0)) sharedAttributes++;
    for (const [m, model] of models.entries()) {
      columns[m].fill(0);
      if (rowsOf[m][a] >= 0) addRow(model, rowsOf[m][a], columns[m], undefined, tagIds[m]);
    }
    for (let tag = 0; tag < tags.length; tag++) stateWeights.add((m) => columns[m][tag]);
  }
  const transitionWeights = new Counts(models.length);
  const ownTags = models.map((_, m) => {
    const own = new Int32Array(tags.length).fill(-1);
    for (const [id, united] of tagIds[m].entries()) own[united] = id;
    return own;
  });
  for (let from = 0; from < tags.length; from++) {
    for (let to = 0; to < tags.length; to++) {
      transitionWeights.add((m) => {
        const [ownFrom, ownTo] = [ownTags[m][from], ownTags[m][to]];
        return ownFrom < 0 || ownTo < 0 ? 0 : models[m].transitions[ownFrom * models[m].tags.length + ownTo];
      });
    }
  }
  const sharedTags = tags.filter((_, id) => inAll((m) => ownTags[m][id] >= 0)).length;
  return {
    models: models.length,
    tags: { all: tags.length, shared: sharedTags },
    attributes: { all: attributes.size, shared: sharedAttributes },
    stateWeights: stateWeights.overlap,
    transitionWeights: transitionWeights.overlap,
  };
}

/** Counts features by the models that have a weight for them. */
class Counts {
  readonly #models: number;
  readonly overlap = { all: 0, shared: 0, conflicts: 0 };

  constructor(models: number) {
    this.#models = models;
  }

  add(weightOf: (model: number) => number): void {
    let above = 0;
    let below = 0;
    for (let m = 0; m < this.#models; m++) {
      const weight = weightOf(m);
      if (weight > 0) above++;
      else if (weight < 0) below++;
    }
    if (above + below === 0) return;
    this.overlap.all++;
    if (above + below === this.#models) this.overlap.shared++;
    if (above > 0 && below > 0) this.overlap.conflicts++;
  }
}

/** The tags and attributes of several models, numbered anew. */
function unite(models: readonly ModelWeights[]): {
  readonly tags: string[];
  readonly attributes: StringTable;
  /** For each model: the new number of each of its tags. */
  readonly tagIds: number[][];
  /** For each model: by new number the model's own number of an attribute, or -1. */
  readonly rowsOf: Int32Array[];
} {
  const tagTable = new Map<string, number>();
  const tagIds = models.map(({ tags }) =>
    tags.map((tag) => {
      const id = tagTable.get(tag) ?? tagTable.size;
      tagTable.set(tag, id);
      return id;
    }),
  );
  const attributes = new StringTable();
  const ids = models.map(({ attributes: own }) =>
    Int32Array.from({ length: own.size }, (_, a) => attributes.intern(own.at(a))),
  );
  const rowsOf = ids.map((of) => {
    const rows = new Int32Array(attributes.size).fill(-1);
    for (const [a, id] of of.entries()) rows[id] = a;
    return rows;
  });
  return { tags: [...tagTable.keys()], attributes, tagIds, rowsOf };
}

/** row [tags] += the weights of an attribute, changed by `map`, its tags renumbered by `tagIds`. */
function addRow(
  { rowOffsets, rowTags, stateWeights }: ModelWeights,
  attribute: number,
  row: Float64Array,
  map: (weight: number) => number = (weight) => weight,
  tagIds?: readonly number[],
): void {
  for (let r = rowOffsets[attribute]; r < rowOffsets[attribute + 1]; r++) {
    row[tagIds ? tagIds[rowTags[r]] : rowTags[r]] += map(stateWeights[r]);
  }
}

/** A model of rows that `fill` writes into zeros; weights of 0, and attributes without others, are left out. */
function rebuild(
  tags: readonly string[],
  attributes: ModelWeights['attributes'],
  transitions: Float64Array,
  fill: (attribute: number, row: Float64Array) => void,
): ModelWeights {
  const keep = new Uint8Array(attributes.size);
  const offsets = new GrowableInt32();
  const rowTags = new GrowableInt32();
  const weights = new GrowableFloat64();
  const row = new Float64Array(tags.length);
  offsets.push(0);
  for (let a = 0; a < attributes.size; a++) {
    row.fill(0);
    fill(a, row);
    for (let tag = 0; tag < row.length; tag++) {
      if (row[tag] === 0) continue;
      rowTags.push(tag);
      weights.push(row[tag]);
      keep[a] = 1;
    }
    if (keep[a] === 1) offsets.push(rowTags.length);
  }
  return {
    tags,
    attributes: attributes.select(keep),
    rowOffsets: offsets.view().slice(),
    rowTags: Uint16Array.from(rowTags.view()),
    stateWeights: weights.view().slice(),
    transitions,
  };
}

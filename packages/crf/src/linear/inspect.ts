import { CrfInputError, show } from './errors.js';
import type { ModelWeights } from './weights.js';

/** The weight of an attribute for a tag. */
export interface StateWeight {
  readonly kind: 'state';
  readonly attribute: string;
  readonly tag: string;
  readonly weight: number;
}

/** The weight of a tag directly after another. */
export interface TransitionWeight {
  readonly kind: 'transition';
  readonly from: string;
  readonly to: string;
  readonly weight: number;
}

export type FeatureWeight = StateWeight | TransitionWeight;

export interface TopWeightsOptions {
  /** How many at most. Default 20. */
  readonly limit?: number | undefined;
  /** `magnitude` (the default), `highest` or `lowest` first. */
  readonly order?: 'magnitude' | 'highest' | 'lowest' | undefined;
  /** Only state or only transition weights; default both. */
  readonly kind?: 'state' | 'transition' | undefined;
  /** Only state weights of this tag, and transitions from or to it. */
  readonly tag?: string | undefined;
  /** Only state weights of attributes with this name, or of those whose name the function accepts; no transitions. */
  readonly attribute?: string | ((name: string) => boolean) | undefined;
}

export interface WeightStatistics {
  readonly tags: number;
  /** Attributes that have weights. */
  readonly attributes: number;
  readonly stateWeights: number;
  /** Transition weights that are not 0. */
  readonly transitionWeights: number;
  readonly lowest: number;
  readonly highest: number;
  /** Σ|w| */
  readonly l1: number;
  /** √Σw² */
  readonly l2: number;
}

const ORDERS = {
  magnitude: (weight: number) => Math.abs(weight),
  highest: (weight: number) => weight,
  lowest: (weight: number) => -weight,
};

/** The weights that come first in the order asked for; of equal ones those of earlier attributes and tags, states first. */
export function topWeights(model: ModelWeights, options: TopWeightsOptions): FeatureWeight[] {
  const { limit = 20, order = 'magnitude', kind, tag, attribute } = options;
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw new CrfInputError(`limit: expected a whole number of at least 0, got ${show(limit)}`);
  }
  if (!Object.hasOwn(ORDERS, order)) {
    throw new CrfInputError(`order: expected 'magnitude', 'highest' or 'lowest', got ${show(order)}`);
  }
  if (kind !== undefined && !['state', 'transition'].includes(kind)) {
    throw new CrfInputError(`kind: expected 'state' or 'transition', got ${show(kind)}`);
  }
  if (attribute !== undefined && !['string', 'function'].includes(typeof attribute)) {
    throw new CrfInputError(`attribute: expected a string or a function, got ${show(attribute)}`);
  }
  const onlyTag = tag === undefined ? -1 : model.tags.indexOf(tag);
  if (tag !== undefined && onlyTag < 0) {
    throw new CrfInputError(`tag: expected a tag of the model (${model.tags.join(', ')}), got ${show(tag)}`);
  }
  const rank = ORDERS[order];
  const best = new Best(limit);
  const { attributes, rowOffsets, rowTags, stateWeights, transitions, tags } = model;

  if (kind !== 'transition') {
    const only = typeof attribute === 'string' ? attributes.find(attribute) : undefined;
    for (let a = only ?? 0; a >= 0 && a < (only === undefined ? attributes.size : only + 1); a++) {
      if (typeof attribute === 'function' && !attribute(attributes.at(a))) continue;
      for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
        if (onlyTag < 0 || rowTags[r] === onlyTag) best.offer(rank(stateWeights[r]), a, r);
      }
    }
  }
  if (kind !== 'state' && attribute === undefined) {
    for (let cell = 0; cell < transitions.length; cell++) {
      if (transitions[cell] === 0) continue;
      const fits =
        onlyTag < 0 || cell % tags.length === onlyTag || Math.floor(cell / tags.length) === onlyTag;
      if (fits) best.offer(rank(transitions[cell]), -1, cell);
    }
  }
  return best.items.map(({ attribute: a, index }): FeatureWeight => {
    if (a >= 0) {
      return {
        kind: 'state',
        attribute: attributes.at(a),
        tag: tags[rowTags[index]],
        weight: stateWeights[index],
      };
    }
    const from = tags[Math.floor(index / tags.length)];
    return { kind: 'transition', from, to: tags[index % tags.length], weight: transitions[index] };
  });
}

interface Ranked {
  readonly rank: number;
  /** -1 = a transition. */
  readonly attribute: number;
  readonly index: number;
}

/** The `limit` items of highest rank, in order; of equal ones those offered first. */
class Best {
  #items: Ranked[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get items(): readonly Ranked[] {
    this.#cut();
    return this.#items;
  }

  offer(rank: number, attribute: number, index: number): void {
    this.#items.push({ rank, attribute, index });
    if (this.#items.length >= 2 * this.#limit + 64) this.#cut();
  }

  #cut(): void {
    // Sorting is stable, so equal ranks stay in the order of their offers.
    this.#items.sort((x, y) => y.rank - x.rank);
    this.#items.length = Math.min(this.#items.length, this.#limit);
  }
}

/** Counts and norms of all weights. */
export function weightStatistics(model: ModelWeights): WeightStatistics {
  let transitionWeights = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  let l1 = 0;
  let squares = 0;
  for (const weights of [model.stateWeights, model.transitions]) {
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i];
      if (weights === model.transitions) {
        if (weight === 0) continue;
        transitionWeights++;
      }
      if (weight < lowest) lowest = weight;
      if (weight > highest) highest = weight;
      l1 += Math.abs(weight);
      squares += weight * weight;
    }
  }
  const none = lowest > highest;
  return {
    tags: model.tags.length,
    attributes: model.rowOffsets.length - 1,
    stateWeights: model.stateWeights.length,
    transitionWeights,
    lowest: none ? 0 : lowest,
    highest: none ? 0 : highest,
    l1,
    l2: Math.sqrt(squares),
  };
}

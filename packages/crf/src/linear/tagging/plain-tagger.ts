import { readAttributes, type Attributes, type Place } from '../attributes.js';
import { addStateScores } from '../state-scores.js';
import type { ModelWeights } from '../weights.js';
import type { Tagger } from './tagger.js';

/** Tags in plain TypeScript: the reference for the other, and what runs where that cannot. */
export class PlainTagger implements Tagger {
  readonly kernel = 'plain';
  readonly #weights: ModelWeights;

  constructor(weights: ModelWeights) {
    this.#weights = weights;
  }

  find(name: string, rest = ''): number {
    return this.#weights.attributes.find(name + rest);
  }

  emissions(tokens: readonly Attributes[], place: Place): Float64Array {
    const { tags, attributes, rowOffsets, rowTags, stateWeights } = this.#weights;
    const emissions = new Float64Array(tokens.length * tags.length);
    let offset = 0;
    const take = (name: string, value: number): void => {
      const id = attributes.find(name);
      if (id >= 0) addStateScores(emissions, offset, id, value, rowOffsets, rowTags, stateWeights);
    };
    for (let t = 0; t < tokens.length; t++, offset += tags.length) {
      place.position = t;
      readAttributes(tokens[t], place, take);
    }
    return emissions;
  }

  best(): undefined {
    return undefined;
  }
}

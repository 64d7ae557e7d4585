import type { SpanPattern } from '@cognate/crf';
import {
  allowedTransitions,
  joinTag,
  schemeRules,
  spansFromTags,
  type Scheme,
  type Span,
} from '@cognate/tag-scheme';

/** A path, wherever it starts. */
type Way = Omit<SpanPattern, 'start'>;

const longest = 16;

/**
 * Turns an entity into the tag paths that say exactly it: in IOB2 one path and what may follow it, in IOB1 two, by what
 * stands before. The probability of the entity is the sum of those of its paths, which exclude each other.
 */
export class SpanPatterns {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #scheme: Scheme;
  /** [tag][neighbour]: 1 = may stand before, or behind, and is not of the same entity. */
  readonly #before: readonly Uint8Array[];
  readonly #behind: readonly Uint8Array[];
  /** By label, then by length, of entities up to `longest`. */
  readonly #known = new Map<string, (readonly Way[] | undefined)[]>();

  constructor(tags: readonly string[], scheme: Scheme) {
    const n = tags.length;
    const { transitions } = allowedTransitions(tags, scheme);
    const parted = (from: number, to: number): number => {
      const joined = spansFromTags([tags[from], tags[to]], scheme).some(
        ({ start, end }) => end - start === 2,
      );
      return joined ? 0 : transitions[from * n + to];
    };
    this.#ids = new Map(tags.map((tag, id) => [tag, id]));
    this.#scheme = scheme;
    this.#before = tags.map((_, tag) => Uint8Array.from({ length: n }, (_, other) => parted(other, tag)));
    this.#behind = tags.map((_, tag) => Uint8Array.from({ length: n }, (_, other) => parted(tag, other)));
  }

  /** The paths of an entity; none if the model lacks a tag that it would take. */
  of({ start, end, label }: Span): SpanPattern[] {
    return this.#ways(label, end - start).map((way) => ({ start, ...way }));
  }

  #ways(label: string, length: number): readonly Way[] {
    if (length > longest) return this.#spell(label, length);
    let known = this.#known.get(label);
    if (!known) {
      known = [];
      this.#known.set(label, known);
    }
    return (known[length] ??= this.#spell(label, length));
  }

  #spell(label: string, length: number): Way[] {
    const { write, seam } = schemeRules[this.#scheme];
    const usual = Array.from({ length }, (_, at) =>
      length === 1 ? write.only : at === 0 ? write.first : at === length - 1 ? write.last : write.inner,
    );
    const spellings = [usual];
    if (seam) {
      const place = seam.wornBy === 'right' ? 0 : length - 1;
      spellings.push(usual.map((prefix, at) => (at === place ? seam.prefix : prefix)));
    }
    return spellings.flatMap((prefixes) => {
      const tags = prefixes.map((prefix) => this.#ids.get(joinTag(prefix, label)) ?? -1);
      if (tags.includes(-1)) return [];
      return [{ tags, precededBy: this.#before[tags[0]], followedBy: this.#behind[tags[length - 1]] }];
    });
  }
}

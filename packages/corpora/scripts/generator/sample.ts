import type { NameList, PatternFile } from '../patterns/format.js';
import { buildInventory } from './inventory.js';
import { parsePattern, parseSlot, type Piece } from './pattern.js';
import { byCodeUnits, hashText, pickWeighted, randomFrom, shuffled, type Random } from './random.js';
import { defaultPersons, Realiser } from './realise.js';
import { splits, type Samples, type Split, type TaggedSentence } from './types.js';

const sizes: Readonly<Record<Split, number>> = { train: 1000, dev: 200, test: 300 };

/** Every so many sentences, one without entities from the declaration, as long as it has some left. */
const declarationEvery = 16;
const attempts = 300;
/** Zipf and Mandelbrot's: the most frequent pattern is about five times as frequent as the sixtieth. */
const rankOffset = 15;
const leastPatterns: Readonly<Record<Split, number>> = { train: 12, dev: 4, test: 6 };

/** What the generator takes from public data for one language. */
export interface Material {
  readonly names: ReadonlyMap<string, readonly NameList[]>;
  /** Sentences without entities, as tokens. */
  readonly declaration: readonly (readonly string[])[];
}

/** Surface forms of a sentence's entities. */
function entitiesOf({ tokens, tags }: Pick<TaggedSentence, 'tokens' | 'tags'>): string[] {
  const entities: string[][] = [];
  tags.forEach((tag, i) => {
    if (tag.startsWith('B-')) entities.push([tokens[i]]);
    else if (tag.startsWith('I-')) entities.at(-1)!.push(tokens[i]);
  });
  return entities.map((words) => words.join(' '));
}

/** Whether a name stands twice in a sentence, be it once with its article: `A Estrada` and `na Estrada`. */
const repeats = (entities: readonly string[]): boolean =>
  entities.some((entity, i) =>
    entities.some(
      (other, j) =>
        i !== j && (entity === other || (other.length <= 3 + entity.length && other.endsWith(` ${entity}`))),
    ),
  );

interface Pattern {
  readonly source: string;
  readonly pieces: readonly Piece[];
  readonly weight: number;
}

/**
 * Draws patterns. In dev and test all alike, in shuffled rounds; in train some are common and some rare, as sentences are:
 * a hundred of them do not show all that a thousand show.
 */
class Draws {
  #patterns: readonly Pattern[];
  #round: Pattern[] = [];

  constructor(
    sources: readonly string[],
    readonly even: boolean,
    readonly random: Random,
  ) {
    this.#patterns = shuffled(random, sources).map((source, rank) => ({
      source,
      pieces: parsePattern(source),
      weight: 1 / (rank + rankOffset),
    }));
  }

  next(): Pattern | undefined {
    if (this.#patterns.length === 0) return undefined;
    if (!this.even) return pickWeighted(this.random, this.#patterns);
    if (this.#round.length === 0) this.#round = shuffled(this.random, this.#patterns);
    return this.#round.pop();
  }

  /** A pattern that has nothing new to say. */
  retire(source: string): void {
    this.#patterns = this.#patterns.filter((pattern) => pattern.source !== source);
    this.#round = this.#round.filter((pattern) => pattern.source !== source);
  }
}

function checkPatterns(file: PatternFile): void {
  const seen = new Set<string>();
  for (const split of splits) {
    if (file[split].length < leastPatterns[split]) {
      throw new Error(
        `${file.language} has ${file[split].length} ${split} patterns, it needs ${leastPatterns[split]} or more.`,
      );
    }
    for (const pattern of file[split]) {
      if (seen.has(pattern)) throw new Error(`${file.language} has the pattern "${pattern}" twice.`);
      seen.add(pattern);
    }
  }
}

/** Generates the samples of a language. The same file and material give the same sentences, in the same order. */
export function generateSamples(file: PatternFile, material: Material): Samples {
  checkPatterns(file);
  const { persons = defaultPersons, avoid = [] } = file;
  const personLists = persons.flatMap(({ shape }) =>
    shape
      .split(' ')
      .filter((part) => part.startsWith('{'))
      .map((part) => parseSlot(part).name),
  );
  const grammar = { file, persons, inventory: buildInventory(file, material.names, personLists) };
  const sentencesSeen = new Set<string>();
  const owners = new Map<string, Split>();
  const declaration = dealDeclaration(material.declaration);

  const generate = (split: Split): TaggedSentence[] => {
    const random = randomFrom(`${file.language} ${split}`);
    const realiser = new Realiser(grammar, split, random);
    const draws = new Draws(file[split], split !== 'train', random);
    const plain = shuffled(random, declaration[split]);
    const result: TaggedSentence[] = [];

    const fresh = (tokens: readonly string[]): boolean => {
      const text = tokens.join(' ');
      if (sentencesSeen.has(text)) return false;
      sentencesSeen.add(text);
      return true;
    };
    const attempt = (source: string, pieces: readonly Piece[]): TaggedSentence | undefined => {
      for (let i = 0; i < attempts; i++) {
        let sentence;
        try {
          sentence = realiser.realise(pieces);
        } catch (error) {
          throw new Error(`${file.language}, ${split}, pattern "${source}": ${(error as Error).message}`, {
            cause: error,
          });
        }
        const entities = entitiesOf(sentence);
        if (repeats(entities)) continue;
        if (entities.some((entity) => avoid.some((name) => `${entity} `.startsWith(`${name} `)))) continue;
        if (entities.some((entity) => (owners.get(entity) ?? split) !== split)) continue;
        if (!fresh(sentence.tokens)) continue;
        for (const entity of entities) owners.set(entity, split);
        return { ...sentence, pattern: source };
      }
      return undefined;
    };

    while (result.length < sizes[split]) {
      if (result.length % declarationEvery === declarationEvery - 1) {
        const tokens = plain.pop();
        if (tokens && fresh(tokens)) {
          result.push({ tokens, tags: tokens.map(() => 'O'), pattern: `declaration: ${tokens.join(' ')}` });
          continue;
        }
      }
      const pattern = draws.next();
      if (!pattern)
        throw new Error(
          `${file.language}: ${split} patterns give ${result.length} sentences, not ${sizes[split]}.`,
        );
      const sentence = attempt(pattern.source, pattern.pieces);
      if (sentence) result.push(sentence);
      else draws.retire(pattern.source);
    }
    return result;
  };

  // Test chooses first: the scarcer side of the deal gets the names that two splits could claim.
  const test = generate('test');
  const dev = generate('dev');
  return { train: generate('train'), dev, test };
}

function dealDeclaration(sentences: readonly (readonly string[])[]): Record<Split, (readonly string[])[]> {
  const dealt: Record<Split, (readonly string[])[]> = { train: [], dev: [], test: [] };
  const texts = [...sentences].sort((a, b) => byCodeUnits(a.join(' '), b.join(' ')));
  for (const tokens of texts) {
    const percent = hashText(`declaration ${tokens.join(' ')}`) % 100;
    dealt[percent < 60 ? 'train' : percent < 75 ? 'dev' : 'test'].push(tokens);
  }
  return dealt;
}

import { entityOverlap, type Sentence } from '@cognate/corpora';
import { scriptOf } from '@cognate/text';

/** How near a source corpus is to a target corpus, in shares from 0 to 1: higher = nearer. */
export interface Nearness {
  /** Cosine of the frequencies of character n-grams (1 to 3 code points, with the words' edges, lower case). */
  readonly characters: number;
  /** Tokens of the target, in lower case and with a letter, whose form occurs in the source. */
  readonly vocabulary: number;
  /** Entity mentions of the target that occur in the source with the same words and the same label. */
  readonly entities: number;
  /** Tokens of the target whose script is the one that most tokens of the source are in. */
  readonly script: number;
}

/** Measures how near a source is to a target, on tagged sentences of both. */
export async function nearness(target: readonly Sentence[], source: readonly Sentence[]): Promise<Nearness> {
  const words = { target: wordCounts(target), source: wordCounts(source) };
  return {
    characters: cosine(gramCounts(words.target), gramCounts(words.source)),
    vocabulary: share(words.target, (word) => words.source.has(word)),
    entities: (await entityOverlap([...source], [...target])).share,
    script: scriptShare(words.target, words.source),
  };
}

const hasLetter = /\p{L}/u;

function wordCounts(sentences: readonly Sentence[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tokens } of sentences)
    for (const token of tokens) {
      if (!hasLetter.test(token)) continue;
      const word = token.normalize('NFC').toLowerCase();
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  return counts;
}

function gramCounts(words: ReadonlyMap<string, number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word, times] of words) {
    const letters = ['^', ...Array.from(word), '$'];
    for (let length = 1; length <= 3; length++)
      for (let start = 0; start + length <= letters.length; start++) {
        const gram = letters.slice(start, start + length).join('');
        // The edges by themselves are in every word of every language.
        if (gram !== '^' && gram !== '$') counts.set(gram, (counts.get(gram) ?? 0) + times);
      }
  }
  return counts;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const norm = (counts: ReadonlyMap<string, number>): number =>
    Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0));
  const product = [...a].reduce((sum, [gram, count]) => sum + count * (b.get(gram) ?? 0), 0);
  const norms = norm(a) * norm(b);
  return norms === 0 ? 0 : product / norms;
}

/** The share of all tokens whose word passes. */
function share(words: ReadonlyMap<string, number>, passes: (word: string) => boolean): number {
  let all = 0;
  let passed = 0;
  for (const [word, times] of words) {
    all += times;
    if (passes(word)) passed += times;
  }
  return all === 0 ? 0 : passed / all;
}

function scriptShare(target: ReadonlyMap<string, number>, source: ReadonlyMap<string, number>): number {
  const scripts = new Map<string, number>();
  for (const [word, times] of source) {
    const script = scriptOf(word);
    scripts.set(script, (scripts.get(script) ?? 0) + times);
  }
  const [main] = [...scripts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return share(target, (word) => scriptOf(word) === main);
}

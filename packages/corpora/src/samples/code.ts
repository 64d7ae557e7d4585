/**
 * How a split is packed into one string without escapes: every distinct token-with-tag is a *unit* of the language's vocabulary,
 * the most frequent first; a sentence is the concatenation of its units' codes, of one, two or three characters; spaces part sentences.
 */

/** 91 printable characters that need no escape in a single-quoted string; the space parts sentences. */
const digits = '!#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~"';
const base = digits.length;

/** First characters below `ones` are whole codes; below `ones + twos` they lead codes of two, the others of three characters. */
const ones = 52;
const twos = 28;
const threes = base - ones - twos;

/** How many units can be told apart. */
export const capacity = ones + twos * base + threes * base * base;

/** The tag that a unit's first character stands for. */
export const tagOfMark: Readonly<Record<string, string>> = {
  o: 'O',
  p: 'B-PER',
  q: 'I-PER',
  l: 'B-LOC',
  m: 'I-LOC',
  g: 'B-ORG',
  h: 'I-ORG',
};

/** The code of the unit with this index in the vocabulary. */
export function codeOf(index: number): string {
  if (index < ones) return digits[index];
  let rest = index - ones;
  if (rest < twos * base) return digits[ones + Math.floor(rest / base)] + digits[rest % base];
  rest -= twos * base;
  const lead = ones + twos + Math.floor(rest / (base * base));
  return digits[lead] + digits[Math.floor(rest / base) % base] + digits[rest % base];
}

/** Indices of the units of a sentence, from the concatenation of their codes. */
export function readCodes(codes: string): number[] {
  const value = (at: number): number => digits.indexOf(codes[at]);
  const indices: number[] = [];
  for (let at = 0; at < codes.length;) {
    const lead = value(at);
    if (lead < ones) {
      indices.push(lead);
      at += 1;
    } else if (lead < ones + twos) {
      indices.push(ones + (lead - ones) * base + value(at + 1));
      at += 2;
    } else {
      indices.push(ones + twos * base + ((lead - ones - twos) * base + value(at + 1)) * base + value(at + 2));
      at += 3;
    }
  }
  return indices;
}

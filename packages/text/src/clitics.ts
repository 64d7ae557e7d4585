import type { LanguageRules } from './language-rules.js';

/**
 * Where to cut the word `start..end`, which has an apostrophe or a hyphen in it: the ends of its parts, in order, the last of
 * them `end`. Clitics keep their apostrophe or hyphen: `l'|home`, `anar|-se|'n`, `într-|o`, `est|-ce`.
 */
export function cutClitics(text: string, start: number, end: number, rules: LanguageRules): number[] {
  // A word of a thousand hyphens is no word; nothing in it is a clitic.
  if (end - start > 80) return [end];
  const ends: number[] = [];
  let from = start;
  // From the left: elided words and proclitics.
  while (from < end) {
    const rest = plainForm(text.slice(from, end));
    if (rules.whole.has(rest)) break;
    const to = leftCut(rest, rules);
    if (to === 0) break;
    // Catalan donar-m'ho: what is elided may itself hang on a verb.
    const hyphen = rest.lastIndexOf('-', to - 2);
    if (hyphen > 0) ends.push(from + hyphen);
    from += to;
    ends.push(from);
  }
  // From the right: enclitics.
  const tail: number[] = [];
  let until = end;
  while (until > from) {
    const rest = plainForm(text.slice(from, until));
    if (rules.whole.has(rest)) break;
    const cut = rightCut(text.slice(from, until), rest, rules);
    if (cut === 0) break;
    tail.push(until);
    until = from + cut;
  }
  if (until > from) ends.push(until);
  return [...ends, ...tail.reverse()];
}

const plainForm = (word: string) => word.replace(/[’ʼ]/gu, "'").replace(/[‐‑]/gu, '-').toLowerCase();

/** Length of the elided word or proclitic at the left of `word`; 0 where there is none. */
function leftCut(word: string, rules: LanguageRules): number {
  const apostrophe = word.indexOf("'");
  if (apostrophe > 0 && apostrophe + 1 < word.length) {
    const before = word.slice(0, apostrophe);
    if (rules.elisions === 'every') {
      // O'Brien is nobody's elision.
      if (before !== 'o' && /^[\p{L}\p{M}]+$/u.test(before)) return apostrophe + 1;
    } else {
      const last = before.slice(before.lastIndexOf('-') + 1);
      const hangs = last.length < before.length;
      if (rules.elisions.has(last) && (!hangs || rules.enclitics.has(last))) return apostrophe + 1;
    }
  }
  const hyphen = word.indexOf('-');
  if (hyphen > 0 && rules.proclitics.has(word.slice(0, hyphen)) && /^\p{L}/u.test(word.slice(hyphen + 1)))
    return hyphen + 1;
  return 0;
}

/** Where the enclitic at the right of the word begins; 0 where there is none. */
function rightCut(word: string, plain: string, rules: LanguageRules): number {
  const apostrophe = plain.lastIndexOf("'");
  if (apostrophe > 0 && rules.trailing.has(plain.slice(apostrophe + 1))) return apostrophe;
  if (rules.enclitics.size === 0) return 0;
  for (const hyphen of [plain.lastIndexOf('-', plain.lastIndexOf('-') - 1), plain.lastIndexOf('-')]) {
    // A capital makes it part of a name: Castilla-La.
    if (hyphen > 0 && rules.enclitics.has(word.slice(hyphen + 1).replace('’', "'"))) return hyphen;
  }
  return 0;
}

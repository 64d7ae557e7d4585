import { capacity, codeOf, tagOfMark } from '../../src/samples/code.js';
import type { PackedSamples } from '../../src/samples/packed.js';
import type { SampleSourceName } from '../../src/samples/sources.js';
import { byCodeUnits } from './random.js';
import { splits, type Samples, type Split, type TaggedSentence } from './types.js';

const markOfTag = new Map(Object.entries(tagOfMark).map(([mark, tag]) => [tag, mark]));

const unitsOf = ({ tokens, tags }: TaggedSentence): string[] =>
  tokens.map((token, i) => {
    const mark = markOfTag.get(tags[i]);
    if (mark === undefined) throw new Error(`No mark for the tag ${tags[i]}.`);
    if (/\s/u.test(token) || token === '')
      throw new Error(`A token may not be empty or hold a space: "${token}".`);
    return mark + token;
  });

/** The data module's content for a language; src/samples/code.ts tells the encoding. */
export function pack(
  samples: Samples,
  sources: readonly SampleSourceName[],
  patterns: PackedSamples['patterns'],
): PackedSamples {
  const counts = new Map<string, number>();
  for (const split of splits) {
    for (const unit of samples[split].flatMap(unitsOf)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  const units = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || byCodeUnits(a, b));
  if (units.length > capacity)
    throw new Error(`${units.length} units are more than the code can tell apart.`);
  const index = new Map(units.map((unit, i) => [unit, i]));
  const packSplit = (split: Split): string =>
    samples[split]
      .map((sentence) =>
        unitsOf(sentence)
          .map((unit) => codeOf(index.get(unit)!))
          .join(''),
      )
      .join(' ');
  return {
    sources,
    patterns,
    units: units.join(' '),
    train: packSplit('train'),
    dev: packSplit('dev'),
    test: packSplit('test'),
  };
}

/** A literal in single quotes; the code's characters need no escape, names may hold an apostrophe. */
const literal = (text: string): string => `'${text.replace(/[\\']/gu, '\\$&')}'`;

export function moduleText(language: string, packed: PackedSamples): string {
  const { sources, patterns, units, train, dev, test } = packed;
  return [
    `// Generated sample sentences (${language}); see NOTICE for their sources. Do not edit.`,
    'export default {',
    `sources: ${JSON.stringify(sources)},`,
    `patterns: ${JSON.stringify(patterns)},`,
    `units: ${literal(units)},`,
    `train: ${literal(train)},`,
    `dev: ${literal(dev)},`,
    `test: ${literal(test)},`,
    '};',
    '',
  ].join('\n');
}

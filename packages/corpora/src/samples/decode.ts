import type { Sentence } from '../sentence.js';
import { readCodes, tagOfMark } from './code.js';
import type { SampleLanguage, SampleSplit } from './languages.js';
import type { PackedSamples } from './packed.js';

/** The sentences of a split, new at each call: the caller may change them. */
export function decodeSplit(packed: PackedSamples, language: SampleLanguage, split: SampleSplit): Sentence[] {
  const units = packed.units.split(' ');
  const words = units.map((unit) => unit.slice(1));
  const tags = units.map((unit) => tagOfMark[unit.charAt(0)] ?? 'O');
  return packed[split].split(' ').map((codes, i) => {
    const indices = readCodes(codes);
    return {
      tokens: indices.map((index) => words[index] ?? ''),
      tags: indices.map((index) => tags[index] ?? 'O'),
      language,
      id: `${language}-${split}-${String(i + 1).padStart(4, '0')}`,
    };
  });
}

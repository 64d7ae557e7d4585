/**
 * Generates the embedded samples: `tsx scripts/generate.ts` writes src/samples/generated/, and the checksums that a test compares
 * with them to test/samples/checksums.json, where they have changed.
 * `tsx scripts/generate.ts show gl train 30` prints sentences of one language instead, entities in brackets, and checks its file.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { sampleLanguages } from '../src/samples/languages.js';
import { generatedFiles, samplesOf, writeGenerated } from './generator/generated.js';
import { splits, type TaggedSentence } from './generator/types.js';

function bracketed({ tokens, tags }: TaggedSentence): string {
  return tokens
    .map((token, i) => {
      const tag = tags[i];
      const opened = tag.startsWith('B-') ? `[${tag.slice(2)} ${token}` : token;
      return tag !== 'O' && !tags[i + 1]?.startsWith('I-') ? `${opened}]` : opened;
    })
    .join(' ');
}

function writeChecksums(files: ReadonlyMap<string, string>): void {
  const sums = [...sampleLanguages].sort().map((language) => {
    const text = files.get(`${language}.sample.js`) ?? '';
    return [language, createHash('sha256').update(text).digest('hex')] as const;
  });
  const path = new URL('../test/samples/checksums.json', import.meta.url);
  const now = `${JSON.stringify(Object.fromEntries(sums), null, 2)}\n`;
  let before = '';
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    // There were none yet.
  }
  if (now === before) return;
  writeFileSync(path, now);
  console.log('The samples have changed: see test/samples/checksums.json');
}

const [command, code, wanted = 'train', count = '30'] = process.argv.slice(2);
if (command === 'show') {
  const split = splits.find((name) => name === wanted);
  const language = sampleLanguages.find((known) => known === code);
  if (language === undefined || !split)
    throw new Error('Usage: generate.ts show <language> <train|dev|test> [count]');
  const samples = await samplesOf(language);
  for (const sentence of samples[split].slice(0, Number(count))) console.log(bracketed(sentence));
} else {
  const files = await generatedFiles();
  writeGenerated(files);
  writeChecksums(files);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  console.log(`${files.size} files of samples, ${(bytes / 1e6).toFixed(2)} MB`);
}

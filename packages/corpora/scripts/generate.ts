/**
 * Generates the embedded samples: `tsx scripts/generate.ts` writes src/samples/generated/.
 * `tsx scripts/generate.ts show gl train 30` prints sentences of one language instead, entities in brackets, and checks its file.
 */
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
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  console.log(`${files.size} files of samples, ${(bytes / 1e6).toFixed(2)} MB`);
}

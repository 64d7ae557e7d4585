import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corporaFolder } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import { readCorpus, type ReadCorpusOptions } from '../src/node.js';
import { StatisticsCounter } from '../src/index.js';

interface Entry {
  file: string;
  sentences: number;
  tokens: number;
  entities: Record<string, number>;
  sentences_without_entity: number;
  reader_faults?: Record<string, number>;
}

const folder = corporaFolder();
const manifest: { bench: Entry[]; raw: Entry[] } = folder
  ? JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'))
  : { bench: [], raw: [] };

/** The raw files, and what it takes to read each: at most one option, `{}` is by detection alone. Of an archive some members may be named. */
const rawOptions: Record<string, ReadCorpusOptions> = {
  'gl/SLI_NERC_Galician_Gold_CoNLL.1.0.tar.gz!*.t*': { trailingSeparators: 'strip' },
  'gl/SLI_NERC_Galician_Gold_CoNLL.1.0.test': {},
  'ca/ud-ancora-np.ca.dev.conllu': { multiwords: 'words' },
  'es/conll2002.es.test.conllu': {},
  'es/europarl.es.test.conll02': {},
  'fr/wikiann-rahimi.fr.dev': {},
  'fr/wikineural.fr.val.conllu': {},
  'it/kind.fiction_test.tsv': {},
  'it/europarl.it.test.conll02': {},
  'ro/ronec-v1.ronec_iob.cut.zip': {},
  'nl/wikiann-rahimi.nl.dev': {},
  'nl/conll2002.nl.val.conllu': {},
  'uk/ner-uk-v2.test.iob': {},
  'ru/wikiann.ru.val.conllu': {},
  'ru/wikineural.ru.val.conllu': { controlTokens: 'drop' },
  'mr/mahaner.valid_iob.txt': {},
  'hi/hiner.collapsed.validation.conll': {},
  'hi/hiner.original.validation.conll': {},
  'ur/ijnlp.txt': { controlTokens: 'drop' },
  'tl/cebuaner.processed_tagalog_dataset.txt': {},
  'tl/uner.tl_trg-ud-test.iob2': {},
  'ceb/cebuaner.final-1.txt': {},
  'ceb/uner.ceb_gja-ud-test.iob2': {},
  'stq/stq.wikiann_og.tar.gz': {},
  'nds-nl/wikiann-nds-nl.cut.bio': {},
  'ca/spacy-test.ca.dev001_1.json': {},
  'ro/ronec-v2.valid.cut.json': {},
  'mr/wikiann.mr.cut.json': {},
};

async function countsOf(path: string, options: ReadCorpusOptions) {
  const reader = readCorpus(path, options);
  const counter = new StatisticsCounter();
  for await (const batch of reader.batches()) for (const sentence of batch) counter.add(sentence);
  return { reader, statistics: counter.result() };
}

/** Without the labels that do not occur: the MANIFEST has some with 0. */
const occurring = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

describe.skipIf(folder === undefined)('real corpora', () => {
  it.each(manifest.bench.map((entry) => entry.file))('%s has the counts of the MANIFEST', async (file) => {
    const entry = manifest.bench.find((other) => other.file === file)!;
    const { reader, statistics } = await countsOf(join(folder!, file), {});
    expect(statistics.sentences).toBe(entry.sentences);
    expect(statistics.tokens).toBe(entry.tokens);
    expect(occurring(statistics.labels)).toEqual(occurring(entry.entities));
    expect(statistics.sentencesWithoutEntity).toBe(entry.sentences_without_entity);
    expect(reader.report.repairedTags).toBe(0);
  });

  it.each(Object.entries(rawOptions))('raw/%s is read with %j', async (file, options) => {
    const entry = manifest.raw.find((other) => other.file === `raw/${file.split('!')[0]}`)!;
    expect(Object.keys(options).length).toBeLessThanOrEqual(1);
    const { reader, statistics } = await countsOf(join(folder!, 'raw', file), options);
    expect(statistics.sentences).toBe(entry.sentences);
    expect(statistics.tokens).toBe(entry.tokens);
    expect(occurring(statistics.labels)).toEqual(occurring(entry.entities));
    expect(statistics.sentencesWithoutEntity).toBe(entry.sentences_without_entity);
    expect(reader.report.repairedTags).toBe(entry.reader_faults?.['I- made B-'] ?? 0);
  });

  it.each(['ur/uner.txt', 'ur/uner.txt.tar.gz'])(
    'raw/%s is read but for lines with broken tags',
    async (file) => {
      const entry = manifest.raw.find((other) => other.file === `raw/${file}`)!;
      const { reader, statistics } = await countsOf(join(folder!, 'raw', file), {
        brokenMarkup: 'drop',
      });
      expect(reader.report).toMatchObject({ format: 'inline', brokenMarkup: 5 });
      expect(statistics.sentences).toBe(entry.sentences);
      expect(statistics.labels).toEqual(entry.entities);
      expect(statistics.sentencesWithoutEntity).toBe(entry.sentences_without_entity);
      // The file has no tokens: the MANIFEST's are by another tokeniser, which cuts off fewer marks.
      expect(Math.abs(statistics.tokens / entry.tokens - 1)).toBeLessThan(0.005);
      // A span that ends inside a token cuts it there, and each is reported.
      expect(reader.report.cutTokens).toBeGreaterThan(0);
    },
  );

  it('raw/ca/ud-ancora-np.ca.dev.conllu has as many names in tokens as they are written', async () => {
    const file = 'raw/ca/ud-ancora-np.ca.dev.conllu';
    const entry = manifest.raw.find((other) => other.file === file)!;
    const { reader, statistics } = await countsOf(join(folder!, file), {});
    expect(statistics.labels).toEqual(entry.entities);
    // A multiword token is one token, where the MANIFEST counts its words.
    const { multiwordTokens } = reader.report;
    expect(entry.tokens - statistics.tokens).toBe(multiwordTokens);
    expect(reader.report).toMatchObject({ format: 'ancora', mergedTags: 0, repairedTags: 0 });
  });

  it('has a way for every raw file', () => {
    const tested = [...Object.keys(rawOptions).map((file) => file.split('!')[0]), 'ur/uner.txt', 'ur/uner.txt.tar.gz'].sort();
    expect(manifest.raw.map(({ file }) => file.replace('raw/', '')).sort()).toEqual(tested);
  });
});

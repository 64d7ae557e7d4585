import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corporaFolder } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import { readAll, readCorpus, type ReadCorpusOptions } from '../src/node.js';
import { entityOverlap, findLeakage, StatisticsCounter, type Sentence } from '../src/index.js';

interface Entry {
  file: string;
  sentences: number;
  tokens: number;
  entities: Record<string, number>;
  sentences_without_entity: number;
  reader_faults?: Record<string, number>;
}

const folder = corporaFolder();
interface Target {
  test_mentions_seen_in: Record<string, number>;
  test_templates_seen_in_train_100: number;
}

const manifest: { bench: Entry[]; raw: Entry[]; targets: Record<string, Target> } = folder
  ? JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'))
  : { bench: [], raw: [], targets: {} };

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

/** A sentence without its names and numbers. */
const patternOf = ({ tokens, tags }: Sentence, joint: string): string =>
  tokens
    .map((token, i) =>
      tags![i] === 'O' ? token.toLowerCase().replace(/\p{Nd}+/gu, '0') : `<${tags![i].slice(2)}>`,
    )
    .filter((_, i) => !tags![i].startsWith('I-'))
    .join(joint)
    .replace(/0+/g, '0');

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

  it.each(Object.keys(manifest.targets))(
    'names and sentences of %s recur as the MANIFEST has it',
    async (target) => {
      const { test_mentions_seen_in: shares, test_templates_seen_in_train_100: templates } =
        manifest.targets[target];
      const read = (file: string) => readAll(join(folder!, 'bench', target, file));
      const [train, test] = await Promise.all([read('train-100.bio'), read('test.bio')]);
      // As told there: to four places.
      expect((await entityOverlap(train, test)).share).toBeCloseTo(shares['train-100.bio'], 4);
      expect((await findLeakage({ train, test }))[0].sentences).toBe(0);
      // The MANIFEST parts the words of a pattern by spaces; here white space makes no sentence another.
      const shareOf = (joint: string): number => {
        const known = new Set(train.map((sentence) => patternOf(sentence, joint)));
        return test.filter((sentence) => known.has(patternOf(sentence, joint))).length / test.length;
      };
      expect(shareOf(' ')).toBeCloseTo(templates, 4);
      const [alike] = await findLeakage({ train, test }, { mask: ['names', 'numbers'] });
      expect(alike.share).toBe(shareOf(''));
    },
  );

  it('has a way for every raw file', () => {
    const tested = [
      ...Object.keys(rawOptions).map((file) => file.split('!')[0]),
      'ur/uner.txt',
      'ur/uner.txt.tar.gz',
    ].sort();
    expect(manifest.raw.map(({ file }) => file.replace('raw/', '')).sort()).toEqual(tested);
  });
});

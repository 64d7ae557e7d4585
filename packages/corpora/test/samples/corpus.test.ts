import { describe, expect, it } from 'vitest';
import { CorpusError } from '../../src/errors.js';
import {
  sampleCorpus,
  sampleInfo,
  sampleLanguages,
  type SampleSplit,
  sampleSources,
} from '../../src/samples/index.js';
import { loadSamples } from '../../src/samples/load.js';

describe('sampleCorpus', () => {
  it('has the fifteen languages', () => {
    expect([...sampleLanguages].sort()).toEqual('ca ceb es fr fy gl hi it mr nl ro ru tl uk ur'.split(' '));
  });

  it('hands out new sentences at each call', async () => {
    const [first] = await sampleCorpus('gl', 'train');
    first.tokens[0] = 'changed';
    first.tags = [];
    const [again] = await sampleCorpus('gl', 'train');
    expect(again.tokens[0]).not.toBe('changed');
    expect(again.tags).toHaveLength(again.tokens.length);
  });

  it('numbers its sentences and names their language', async () => {
    const sentences = await sampleCorpus('mr', 'dev');
    expect(sentences[0]).toMatchObject({ id: 'mr-dev-0001', language: 'mr' });
    expect(sentences.at(-1)?.id).toBe('mr-dev-0200');
  });

  it('says which languages and splits there are', async () => {
    await expect(sampleCorpus('pt', 'train')).rejects.toThrow(
      /expected a language that has embedded samples, "es", .* or "tl", got "pt"/,
    );
    await expect(sampleCorpus('gl', 'validation' as SampleSplit)).rejects.toThrow(
      'expected a split, "train", "dev" or "test", got "validation"',
    );
    await expect(sampleCorpus('toString', 'train')).rejects.toBeInstanceOf(CorpusError);
  });

  it('says how data that are missing are made', async () => {
    await expect(loadSamples('xx' as 'gl')).rejects.toThrow(/pnpm --filter @cognate\/corpora run generate/);
  });
});

describe('sampleInfo', () => {
  it('calls the samples what they are', async () => {
    for (const language of sampleLanguages) {
      const info = await sampleInfo(language);
      expect(info).toMatchObject({ language, kind: 'generated sample' });
      expect(info.description).toContain('Not a benchmark');
      expect(info.sources).toContain(sampleSources.udhr);
      expect(info.licence.split(' AND ')).toContain('MIT');
    }
  });

  it('names GeoNames and its licence where towns come from there', async () => {
    const { sources, licence } = await sampleInfo('gl');
    expect(sources).toContain(sampleSources.geonames);
    expect(licence).toBe('MIT AND Unicode-3.0 AND CC-BY-4.0');
    expect((await sampleInfo('hi')).licence).toBe('MIT AND Unicode-3.0');
  });

  it('counts what is there', async () => {
    const { splits } = await sampleInfo('nl');
    const sentences = await sampleCorpus('nl', 'test');
    const tags = sentences.flatMap((sentence) => sentence.tags ?? []);
    expect(splits.test.sentences).toBe(sentences.length);
    expect(splits.test.tokens).toBe(tags.length);
    expect(splits.test.entities.ORG).toBe(tags.filter((tag) => tag === 'B-ORG').length);
    expect(splits.test.patterns).toBeGreaterThanOrEqual(6);
  });

  it('throws for languages without samples', async () => {
    await expect(sampleInfo('pt')).rejects.toThrow(/got "pt"/);
  });
});

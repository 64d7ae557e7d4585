import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sampleCorpus } from '@cognate/corpora/samples';
import type { NamedFile } from '../src/files/archive.js';
import { mostTokens, readCorpus } from '../src/training/read-corpus.js';
import { trainModel, type TrainProgress } from '../src/training/train-model.js';

const file = (path: string, content: BlobPart): NamedFile => ({ path, content: new Blob([content]) });
const two = 'Lugo\tB-LOC\narde\tO\n\nAna\tB-PER\nvai\tO\n\n';

describe('a corpus is read', () => {
  test.each([
    ['columns', file('a.tsv', two)],
    ['gzipped columns', file('a.tsv.gz', new Uint8Array(gzipSync(two)))],
    [
      'JSONL of spans',
      file(
        'a.jsonl',
        ['Lugo arde', 'Ana vai']
          .map((text, at) => {
            const [label, end] = at === 0 ? ['LOC', 4] : ['PER', 3];
            return `${JSON.stringify({ text, spans: [{ start: 0, end, label }] })}\n`;
          })
          .join(''),
      ),
    ],
    ['WikiANN', file('a', 'gl:Lugo\tB-LOC\ngl:arde\tO\n\ngl:Ana\tB-PER\ngl:vai\tO\n\n')],
  ])('%s', async (_, given) => {
    const read = await readCorpus([given]);
    if ('choices' in read) throw new Error('expected sentences');
    expect(read.sentences.map(({ tokens, tags }) => [tokens, tags])).toEqual([
      [
        ['Lugo', 'arde'],
        ['B-LOC', 'O'],
      ],
      [
        ['Ana', 'vai'],
        ['B-PER', 'O'],
      ],
    ]);
    expect(read.summary).toMatchObject({ sentences: 2, tokens: 4, labels: { LOC: 1, PER: 1 }, cut: false });
    expect(read.summary.detection.length).toBeGreaterThan(0);
  });

  test('brat documents, each with its annotations', async () => {
    const read = await readCorpus([
      file('d/1.txt', 'Lugo arde'),
      file('d/1.ann', 'T1\tLOC 0 4\tLugo\n'),
      file('d/2.txt', 'Ana vai'),
      file('d/2.ann', 'T1\tPER 0 3\tAna\n'),
    ]);
    if ('choices' in read) throw new Error('expected sentences');
    expect(read.sentences.map(({ tags }) => tags)).toEqual([
      ['B-LOC', 'O'],
      ['B-PER', 'O'],
    ]);
    expect(read.summary.name).toBe('2 documents');
  });

  test('one of several files, once somebody has said which', async () => {
    const files = [file('train.tsv', two), file('test.tsv', two), file('README', 'x')];
    expect(await readCorpus(files)).toEqual({ choices: ['train.tsv', 'test.tsv'] });
    expect(await readCorpus(files, 'test.tsv')).toMatchObject({ summary: { name: 'test.tsv' } });
  });

  test('up to as much as a page trains on', async () => {
    const long = `${'Lugo\tB-LOC\narde\tO\n'.repeat(25_000)}\n`;
    const read = await readCorpus([file('a.tsv', long.repeat(7))]);
    expect(read).toMatchObject({ summary: { cut: true, tokens: mostTokens } });
  });

  test.each([
    ['just words\nand more of them\n', /expected|unsure|told/],
    ['', /expected/],
    ['a\tO\nb\tO\n\n', /expected/],
  ])('%j is an error that says what was expected', async (text, message) => {
    await expect(readCorpus([file('a.txt', text)])).rejects.toThrow(message);
  });
});

describe('a model is trained', () => {
  const settings = { language: 'gl', iterations: 8, c1: 0.05, c2: 0.02, holdOut: true };

  test('on four fifths and judged on the rest, with each iteration told', async () => {
    const sentences = (await sampleCorpus('gl', 'train')).slice(0, 50);
    const told: TrainProgress[] = [];
    const trained = await trainModel(sentences, settings, new AbortController().signal, (progress) => {
      told.push(progress);
    });
    expect(trained).toMatchObject({ iterations: 8, sentences: 40, heldOut: { sentences: 10 } });
    expect(told.filter(({ phase }) => phase === 'iteration')).toHaveLength(8);
    const scores = trained.heldOut!.scores;
    const all = scores[scores.length - 1];
    expect(all.label).toBe('all');
    expect(all.gold).toBe(scores.slice(0, -1).reduce((sum, { gold }) => sum + gold, 0));
  });

  test('on all where there are few', async () => {
    const sentences = (await sampleCorpus('gl', 'train')).slice(0, 5);
    const trained = await trainModel(sentences, settings, new AbortController().signal, () => undefined);
    expect(trained.sentences).toBe(5);
    expect(trained.heldOut).toBeUndefined();
  });

  test('until it is cancelled', async () => {
    const sentences = await sampleCorpus('gl', 'train');
    const controller = new AbortController();
    const run = trainModel(sentences, { ...settings, iterations: 1000 }, controller.signal, () => {
      controller.abort(new Error('enough'));
    });
    await expect(run).rejects.toThrow('enough');
  });
});

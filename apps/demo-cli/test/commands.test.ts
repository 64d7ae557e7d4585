import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleCorpus } from '@cognate/corpora/samples';
import { writeCorpus } from '@cognate/corpora/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure, UsageError } from '../src/failure.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-cli-'));
const at = (name: string): string => join(folder, name);
const model = at('model');

beforeAll(async () => {
  await writeCorpus(at('train.bio'), (await sampleCorpus('gl', 'train')).slice(0, 80));
  await writeCorpus(at('es.bio'), (await sampleCorpus('es', 'train')).slice(0, 80));
  await writeCorpus(at('dev.bio'), (await sampleCorpus('gl', 'dev')).slice(0, 60));
  await cognate('train', at('train.bio'), '--language', 'gl', '--iterations', '40', '--out', model);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('train', () => {
  test('with a relative: counts, dev scores, a model that can be loaded, nothing else in the folder', async () => {
    const out = at('joint');
    const { stdout, stderr } = await cognate(
      ...[
        'train',
        at('train.bio'),
        '--language',
        'gl',
        '--source',
        `es=${at('es.bio')}`,
        '--dev',
        at('dev.bio'),
      ],
      ...['--iterations', '10', '--out', out, '--json'],
    );
    // Where there is no terminal the progress has lines.
    expect(stderr).toMatch(/^training: iteration 10 of at most 10, loss [\d.]+\n$/);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      type: 'linear',
      language: 'gl',
      labels: ['LOC', 'ORG', 'PER'],
      sentences: { target: 80, sources: { es: 80 } },
    });
    expect(result.dev.f1).toBeGreaterThan(0);
    expect(readdirSync(out).sort()).toEqual(['README.md', 'config.json', 'model.crf']);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    const info = JSON.parse((await cognate('info', out, '--json')).stdout);
    expect(info.languages).toEqual(['es', 'gl']);
    expect(info.augment).toBe(true);
  });

  test('the same seed draws the same sentences; another draws others', async () => {
    const train = async (seed: string, out: string): Promise<Buffer> => {
      await cognate(
        ...['train', at('train.bio'), '--language', 'gl', '--sentences', '30', '--seed', seed],
        ...['--iterations', '5', '--out', at(out)],
      );
      return readFileSync(join(at(out), 'model.crf'));
    };
    const first = await train('1', 'seed-1');
    expect(await train('1', 'seed-1-again')).toEqual(first);
    expect(await train('2', 'seed-2')).not.toEqual(first);
  });

  test('a model that is there is replaced only with --force, and anything else never', async () => {
    const again = ['train', at('train.bio'), '--iterations', '2', '--out'];
    await expect(cognate(...again, model)).rejects.toThrow(/exists already/);
    await expect(cognate(...again, folder, '--force')).rejects.toThrow(
      /expected a new folder, an empty one or a model's/,
    );
    expect(readdirSync(folder)).toContain('train.bio');
    await cognate(...again, at('seed-2'), '--force');
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('what is wrong is said with its place', async () => {
    writeFileSync(at('broken.bio'), 'Vigo\tB-LOC\n\nLugo\n');
    writeFileSync(at('untagged.jsonl'), '{"tokens":["Vigo"]}\n');
    const train = (...args: string[]) =>
      cognate('train', ...args, '--config', 'linear', '--out', at('never'));
    await expect(train(at('broken.bio'), '--format', 'conll')).rejects.toThrow(/broken\.bio:3: /);
    await expect(train(at('untagged.jsonl'))).rejects.toThrow(
      /untagged\.jsonl: expected tags, sentence 1 has none/,
    );
    await expect(train(at('absent.bio'))).rejects.toThrow(
      /absent\.bio: expected a file, got nothing by that name/,
    );
    await expect(train(at('train.bio'), '--source', 'es')).rejects.toThrow(UsageError);
    await expect(train(at('train.bio'), '--source', `es=${at('es.bio')}`)).rejects.toThrow(
      /expected --language/,
    );
    expect(readdirSync(folder)).not.toContain('never');
  });
});

describe('evaluate', () => {
  const columns = [
    'Ana B-PER B-PER',
    'Souto I-PER I-PER',
    'vive O O',
    'en O O',
    'Vigo B-LOC B-ORG',
    '',
    'Lugo B-LOC B-LOC',
    '',
  ].join('\n');

  test('a gold corpus alone is told from the output of a tagger', async () => {
    writeFileSync(at('gold-alone.tsv'), 'O O\nporto O\nde O\nVigo B-LOC\n\n');
    await expect(cognate('evaluate', at('gold-alone.tsv'))).rejects.toThrow(
      /gold-alone\.tsv: expected the gold and the predicted tag .* --model or beside a second corpus/u,
    );
    // Gold and predicted tags without their words are what conlleval takes, too.
    writeFileSync(at('tags-alone.tsv'), 'B-LOC B-LOC\nO O\n\n');
    expect((await cognate('evaluate', at('tags-alone.tsv'))).stdout).toMatch(/100\.00/u);
  });

  test('a two-column file by every scorer', async () => {
    writeFileSync(at('output.tsv'), columns);
    const plain = JSON.parse((await cognate('evaluate', at('output.tsv'), '--json')).stdout);
    expect(plain.micro).toMatchObject({ correct: 2, predicted: 3, gold: 3 });
    const { stdout } = await cognate('evaluate', at('output.tsv'), '--scorer', 'conlleval');
    expect(stdout).toBe(
      'processed 6 tokens with 3 phrases; found: 3 phrases; correct: 2.\n' +
        'accuracy:  83.33%; precision:  66.67%; recall:  66.67%; FB1:  66.67\n' +
        '              LOC: precision: 100.00%; recall:  50.00%; FB1:  66.67  1\n' +
        '              ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  1\n' +
        '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1\n',
    );
    for (const scorer of ['seqeval', 'seqeval-strict']) {
      const seqeval = JSON.parse(
        (await cognate('evaluate', at('output.tsv'), '--scorer', scorer, '--json')).stdout,
      );
      expect(seqeval.micro.f1).toBeCloseTo(2 / 3, 12);
    }
    const views = JSON.parse(
      (await cognate('evaluate', at('output.tsv'), '--scorer', 'semeval13', '--json')).stdout,
    );
    expect(views.overall.exact).toMatchObject({ correct: 3 });
    expect((await cognate('evaluate', at('output.tsv'), '--scorer', 'semeval13')).stdout).toMatch(
      /strict\s+66\.67/,
    );
  });

  test('two corpora, seen entities, and a comparison', async () => {
    writeFileSync(at('gold.bio'), 'Vigo\tB-LOC\ne\tO\nLugo\tB-LOC\n');
    writeFileSync(at('predicted.bio'), 'Vigo\tB-LOC\ne\tO\nLugo\tO\n');
    writeFileSync(at('seen.bio'), 'Vigo\tB-LOC\n');
    const result = JSON.parse(
      (
        await cognate(
          ...['evaluate', at('gold.bio'), at('predicted.bio'), '--format', 'conll'],
          ...['--train', at('seen.bio'), '--json'],
        )
      ).stdout,
    );
    expect(result.micro).toMatchObject({ correct: 1, predicted: 1, gold: 2 });
    expect(result.seen.seen.recall).toBe(1);
    expect(result.seen.unseen.recall).toBe(0);
    writeFileSync(at('other.tsv'), columns.replaceAll('B-ORG', 'B-LOC'));
    const compared = JSON.parse(
      (await cognate('evaluate', at('output.tsv'), '--compare', at('other.tsv'), '--json')).stdout,
    );
    expect(compared.comparison).toMatchObject({ otherF1: 1 });
    expect(compared.comparison.pValue).toBeGreaterThan(0.4);
  });

  test('a model; against itself there is no difference', async () => {
    const { stdout } = await cognate('evaluate', at('dev.bio'), '--model', model, '--compare', model);
    expect(stdout).toContain('60 sentences');
    expect(stdout).toContain('difference +0.00, p = 1.0000');
  });

  test('a report as a page, and figures', async () => {
    const figures = at('figures');
    const args = [
      'evaluate',
      at('dev.bio'),
      '--model',
      model,
      '--html',
      at('pages/report.html'),
      '--figures',
      figures,
    ];
    const { micro } = JSON.parse((await cognate(...args, '--json')).stdout);
    const page = readFileSync(at('pages/report.html'), 'utf8');
    expect(page).toContain('<title>Evaluation on dev.bio</title>');
    expect(page).toContain(`<b>${(100 * micro.f1).toFixed(2)}</b>F1`);
    expect(page).toContain('Most frequent mistakes');
    expect(readdirSync(figures)).toEqual(['labels.png', 'labels.svg']);
    expect(page).toContain(readFileSync(join(figures, 'labels.svg'), 'utf8').trim());
    await expect(
      cognate('evaluate', at('output.tsv'), '--scorer', 'seqeval', '--html', at('x.html')),
    ).rejects.toThrow('--html goes with --scorer cognate only');
  });

  test('shapes that differ, too many files, flags that do not go together', async () => {
    await expect(cognate('evaluate', at('gold.bio'), at('dev.bio'))).rejects.toThrow(Failure);
    await expect(cognate('evaluate', 'a', 'b', 'c')).rejects.toThrow('expected one or two files, got 3');
    await expect(
      cognate('evaluate', at('output.tsv'), '--scorer', 'conlleval', '--train', at('seen.bio')),
    ).rejects.toThrow('--train goes with --scorer cognate only');
    await expect(cognate('evaluate', at('output.tsv'), '--map', 'PER=LOC')).rejects.toThrow(
      `--map goes with a gold corpus; ${at('output.tsv')} alone is read as columns of tags`,
    );
    writeFileSync(at('ragged.tsv'), 'Vigo O O\nLugo O\n');
    await expect(cognate('evaluate', at('ragged.tsv'))).rejects.toThrow(
      /ragged\.tsv: line 2: expected 3 columns/,
    );
  });
});

describe('tag', () => {
  const text = 'Onte Xoana Pereira falou en Vigo.';

  test('text to JSON: offsets point into the line', async () => {
    writeFileSync(at('text.txt'), `${text}\n\n`);
    const lines = (await cognate('tag', '--model', model, at('text.txt'), '--json')).stdout
      .trimEnd()
      .split('\n');
    const { text: same, entities } = JSON.parse(lines[0]);
    expect(same).toBe(text);
    expect(entities.length).toBeGreaterThan(0);
    for (const entity of entities) expect(text.slice(entity.start, entity.end)).toBe(entity.text);
    expect(JSON.parse(lines[1])).toEqual({ text: '', entities: [] });
  });

  test('JSON lines keep their other fields and their order; columns give one tag a token', async () => {
    const items = [
      { id: 7, tokens: ['Vigo', 'e', 'Lugo'] },
      { id: 8, text, language: 'es' },
    ];
    writeFileSync(at('items.jsonl'), items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    const tagged = (
      await cognate('tag', '--model', model, '--input', 'jsonl', '--json', at('items.jsonl'))
    ).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: number; language?: string });
    expect(tagged.map(({ id }) => id)).toEqual([7, 8]);
    expect(tagged[1].language).toBe('es');
    writeFileSync(at('tokens.txt'), 'Xoana Pereira falou\n');
    const columns = (
      await cognate('tag', '--model', model, '--input', 'tokens', '--output', 'columns', at('tokens.txt'))
    ).stdout;
    expect(columns).toMatch(/^Xoana\t\S+\nPereira\t\S+\nfalou\t\S+\n\n$/);
  });

  test('warns of a language that a linear model has not seen', async () => {
    writeFileSync(at('text.txt'), `${text}\n`);
    const tag = (language: string) => cognate('tag', '--model', model, '-l', language, at('text.txt'));
    expect((await tag('uk')).stderr).toBe(
      "warning: language: expected one that the model was trained on (gl), got uk: only what the model's languages share is used\n",
    );
    expect((await tag('gl')).stderr).toBe('');
    const { stderr } = await cognate('evaluate', at('train.bio'), '--model', model, '--language', 'uk');
    expect(stderr).toContain('(gl), got uk');
  });

  test('marked without colour; a bad line is named', async () => {
    writeFileSync(at('text.txt'), `${text}\n`);
    const { stdout } = await cognate('tag', '--model', model, '--output', 'marked', at('text.txt'));
    expect(stdout).toMatch(/\[[^\]]+\]\((?:PER|LOC|ORG)\)/);
    writeFileSync(at('bad.jsonl'), '{"text":"a"}\n{"txt":"b"}\n');
    await expect(cognate('tag', '--model', model, '--input', 'jsonl', at('bad.jsonl'))).rejects.toThrow(
      /bad\.jsonl:2: expected "text" \(a string\) or "tokens" \(strings\)/,
    );
    await expect(cognate('tag', '--model', at('nowhere'), at('text.txt'))).rejects.toThrow(
      /expected a model's config.json/,
    );
  });
});

// Folders of the system in which nothing can be made, and which say that it does not exist: Node tries for ever there.
describe.skipIf(!existsSync('/proc/self'))('a place that cannot be written', () => {
  const training = (): string[] => ['train', at('train.bio'), '--config', 'linear', '--iterations', '2'];
  test.each<[string, () => string[], RegExp]>([
    [
      'a model',
      () => [...training(), '--out', '/proc/x/y'],
      /^\/proc\/x\/y cannot be made: \/proc: no folder/,
    ],
    [
      'a report',
      () => [...training(), '--out', at('unreported'), '--report', '/proc/x/y'],
      /^\/proc\/x\/y cannot be made: \/proc: no folder/,
    ],
    [
      'a model under a file',
      () => [...training(), '--out', at('dev.bio/x/model')],
      /dev\.bio\/x\/model cannot be made: .*dev\.bio: expected a folder, found a file$/,
    ],
    ['a corpus', () => ['convert', at('dev.bio'), '/proc/x/y'], /^\/proc\/x: no folder can be made here$/],
    [
      'samples',
      () => ['corpora', 'sample', 'gl', '--out', '/proc/x/y'],
      /^\/proc\/x: no folder can be made here$/,
    ],
    [
      'figures',
      () => ['evaluate', at('dev.bio'), '--model', model, '--figures', '/proc/x/y'],
      /^\/proc\/x: no folder can be made here$/,
    ],
    [
      'runs',
      () => ['experiment', 'run', 'paper-table', '--quick', '--data', 'samples', '--out', '/proc/x/y'],
      /^\/proc\/x: no folder can be made here$/,
    ],
  ])('%s', async (_, args, message) => {
    const refused = expect(cognate(...args())).rejects;
    await refused.toThrow(message);
    expect(existsSync(at('unreported'))).toBe(false);
  });
});

describe('convert and debug data', () => {
  test('there and back again; schemes and labels', async () => {
    await cognate('convert', at('dev.bio'), at('dev.jsonl'));
    await cognate('convert', at('dev.jsonl'), at('again.bio'));
    expect(readFileSync(at('again.bio'), 'utf8')).toBe(readFileSync(at('dev.bio'), 'utf8'));
    writeFileSync(at('io.tsv'), 'Ana\tPERSON\nSouto\tPERSON\nvive\tO\nen\tO\nVigo\tGPE\n');
    const { stdout, stderr } = await cognate(
      ...['convert', at('io.tsv'), '-', '--format', 'conll', '--scheme', 'IO', '--read', 'tagForm=PER'],
      ...['--map', 'PERSON=PER', 'GPE=LOC', '--to-scheme', 'BIOES'],
    );
    expect(stdout).toBe('Ana\tB-PER\nSouto\tE-PER\nvive\tO\nen\tO\nVigo\tS-LOC\n\n');
    expect(stderr).toContain('Read 1 sentences, 5 tokens');
  });

  test('labels of --map that do not occur are told, beside those that do', async () => {
    writeFileSync(at('labels.bio'), 'Vigo\tB-LOC\nAna\tB-PER\n\nOnte\tB-DATE\n\n');
    const map = ['--format', 'conll', '--map', 'GPE=LOC', 'DATE='];
    const warning = 'warning: label map: expected labels that occur, got GPE; there are DATE, LOC, PER\n';
    const converted = await cognate('convert', at('labels.bio'), '-', ...map);
    expect(converted.stdout).toBe('Vigo\tB-LOC\nAna\tB-PER\n\nOnte\tO\n\n');
    expect(converted.stderr).toContain(warning);
    const json = await cognate('convert', at('labels.bio'), '-', ...map, '--json');
    expect(JSON.parse(json.stderr)).toMatchObject({ unusedLabels: ['GPE'] });
    expect((await cognate('convert', at('labels.bio'), '-', '--map', 'DATE=')).stderr).not.toContain(
      'warning',
    );

    expect((await cognate('debug', 'data', at('labels.bio'), ...map)).stderr).toBe(warning);
    expect((await cognate('evaluate', at('labels.bio'), at('labels.bio'), ...map)).stderr).toBe(warning);
    const { stderr } = await cognate(
      ...[
        'train',
        at('labels.bio'),
        '--language',
        'gl',
        '--config',
        'linear',
        '--iterations',
        '2',
        '--no-report',
      ],
      ...['--source', `es=${at('dev.bio')}`, '--out', at('mapped'), '--quiet', ...map],
    );
    expect(stderr).toMatch(/^warning: label map: .*, got GPE; there are DATE, LOC, ORG, PER\n/m);
  });

  test('each corpus is named by its file', async () => {
    const one = await cognate('debug', 'data', at('dev.bio'));
    expect(one.stdout).toContain(`\nRead ${at('dev.bio')}: 60 sentences, `);
    const { stdout } = await cognate('debug', 'data', at('train.bio'), '--dev', at('dev.bio'));
    expect(stdout).toContain(`\nRead ${at('train.bio')}: 80 sentences, `);
    expect(stdout).toContain(`\nRead ${at('dev.bio')}: 60 sentences, `);
  });

  test('samples are nested, duplicates go on request', async () => {
    const sample = async (size: string): Promise<string[]> =>
      (await cognate('convert', at('dev.bio'), '-', '--sample', size, '--seed', '4')).stdout.split('\n\n');
    const [small, large] = [await sample('5'), await sample('20')];
    expect(small.length).toBe(6);
    expect(large).toEqual(expect.arrayContaining(small));
    writeFileSync(at('twice.bio'), 'Vigo\tB-LOC\n\nVigo\tB-LOC\n\n');
    const { stdout } = await cognate('convert', at('twice.bio'), '-', '--format', 'conll', '--dedup');
    expect(stdout).toBe('Vigo\tB-LOC\n\n');
  });

  test('the rest of a sample goes to a file of its own: no sentence is in both, none is lost', async () => {
    const { stderr } = await cognate(
      ...['convert', at('dev.bio'), at('few.bio'), '--sample', '10', '--rest', at('others.bio')],
    );
    expect(stderr).toMatch(/\nWrote 10 sentences, .*few\.bio\.\nWrote 50 sentences, .*others\.bio\.\n$/u);
    const sentencesOf = (name: string): string[] => readFileSync(at(name), 'utf8').trim().split('\n\n');
    const both = [...sentencesOf('few.bio'), ...sentencesOf('others.bio')];
    expect(both.sort()).toEqual(sentencesOf('dev.bio').sort());
    const convert = (...args: string[]) => cognate('convert', at('dev.bio'), ...args);
    await expect(convert('-', '--rest', at('never.bio'))).rejects.toThrow('--rest goes with --sample');
    await expect(convert(at('same.bio'), '--sample', '1', '--rest', at('same.bio'))).rejects.toThrow(
      UsageError,
    );
    await expect(convert('-', '--sample', '1', '--rest', at('others.bio'))).rejects.toThrow(
      /exists already/u,
    );
  });

  test('faults in data are found', async () => {
    writeFileSync(at('faulty.bio'), 'Vigo\tI-LOC\n\nLugo\tB-LOC\n\nLugo\tO\n\n');
    writeFileSync(at('leaky.bio'), 'lugo\tB-LOC\n\n');
    const args = [
      'debug',
      'data',
      at('faulty.bio'),
      '--test',
      at('leaky.bio'),
      '--format',
      'conll',
      '--scheme',
      'BIO',
    ];
    const result = JSON.parse((await cognate(...args, '--json')).stdout);
    expect(result.splits[0].invalid).toMatchObject([{ sentence: 0, index: 0, tag: 'I-LOC' }]);
    expect(result.splits[0].duplicates).toMatchObject({ duplicates: 1, otherTags: 1 });
    expect(result.leakage).toMatchObject([{ from: 'train', into: 'test', sentences: 1 }]);
    expect(result.entityOverlap.test).toMatchObject({ mentions: 1, seen: 1 });
    const { stdout } = await cognate(...args);
    expect(stdout).toContain('sentence 1, token 1 "Vigo": I-LOC');
    expect(stdout).toContain('sentence 3 is sentence 2 again, tagged differently: Lugo');
    expect(stdout).toContain('1 sentences of test (100.00 %) are in train too');
  });

  test('nothing half-written is left when the input breaks off', async () => {
    writeFileSync(at('half.bio'), 'Vigo\tB-LOC\n\nLugo\n');
    await expect(cognate('convert', at('half.bio'), at('whole.jsonl'), '--format', 'conll')).rejects.toThrow(
      /half\.bio:3/,
    );
    expect(readdirSync(folder).filter((name) => name.startsWith('whole'))).toEqual([]);
  });

  test('a file that is there is replaced only with --force, be it the input itself; a folder never', async () => {
    const kept = 'Vigo\tI-LOC\n\n';
    writeFileSync(at('kept.bio'), kept);
    const convert = (...args: string[]) => cognate('convert', at('kept.bio'), ...args, '--format', 'conll');
    const refused = new Failure(`${at('kept.bio')} exists already: --force replaces it`);
    await expect(cognate('convert', at('dev.bio'), at('kept.bio'))).rejects.toThrow(refused);
    await expect(convert(at('kept.bio'))).rejects.toThrow(refused);
    expect(readFileSync(at('kept.bio'), 'utf8')).toBe(kept);
    await convert(at('kept.bio'), '--scheme', 'IO', '--force');
    expect(readFileSync(at('kept.bio'), 'utf8')).toBe('Vigo\tB-LOC\n\n');
    await expect(convert(folder, '--force')).rejects.toThrow(`${folder}: expected a file, found a folder`);
  });

  test('the folder of the output is made', async () => {
    await cognate('convert', at('dev.bio'), at('new/folder/dev.bio'));
    expect(readFileSync(at('new/folder/dev.bio'))).toEqual(readFileSync(at('dev.bio')));
    await expect(cognate('convert', at('dev.bio'), at('dev.bio/in.bio'))).rejects.toThrow(
      `${at('dev.bio')}: expected a folder, found a file`,
    );
  });
});

test('info knows the languages and formats', async () => {
  const facts = JSON.parse((await cognate('info', '--json')).stdout);
  expect(facts.languages).toHaveLength(15);
  expect(facts.formats).toContain('wikiann-pan');
  expect(facts.configs).toEqual(expect.arrayContaining(['linear', 'strong']));
  expect((await cognate('info')).stdout).toContain('Galician');
});

describe('render', () => {
  const text = 'Xoana Pereira viaxou de Vigo a Lisboa.';

  test('a page of what tag wrote is the page of the text itself', async () => {
    writeFileSync(at('letter.txt'), `${text}\n\nChove.\n`);
    const tagged = await cognate('tag', '--model', model, at('letter.txt'), '--json');
    writeFileSync(at('letter.jsonl'), tagged.stdout);
    const direct = await cognate('render', '--model', model, at('letter.txt'));
    const fromTagged = await cognate('render', at('letter.jsonl'), '--language', 'gl');
    expect(direct.stdout).toBe(fromTagged.stdout);
    expect(direct.stdout.match(/<p [^>]*lang="gl"/gu)).toHaveLength(3);
    await cognate(
      'render',
      '--model',
      model,
      at('letter.txt'),
      '--out',
      at('letter.html'),
      '--title',
      'A <b>',
    );
    expect(readFileSync(at('letter.html'), 'utf8')).toContain('<title>A &lt;b&gt;</title>');
  });

  test('what is wrong is said with its line, and no half of a page is left', async () => {
    writeFileSync(at('wrong.jsonl'), '{"text":"Vigo","entities":[]}\n{"text":"Vigo"}\n');
    const render = () => cognate('render', at('wrong.jsonl'), '--out', at('wrong.html'));
    await expect(render()).rejects.toThrow(/wrong\.jsonl:2: expected "entities"/);
    const far = { label: 'LOC', start: 0, end: 9, score: 1 };
    writeFileSync(at('wrong.jsonl'), `${JSON.stringify({ text: 'Vigo', entities: [far] })}\n`);
    await expect(render()).rejects.toThrow(/wrong\.jsonl:1: entity 0: expected a place in the text/);
    writeFileSync(at('wrong.jsonl'), '{"text":"Vigo","entities":[{"label":3}]}\n');
    await expect(render()).rejects.toThrow(/wrong\.jsonl:1: entity 0: expected a label/);
    expect(readdirSync(folder).filter((name) => name.includes('wrong.html'))).toEqual([]);
  });

  test('the folder of the page is made; where there can be no page, the name that was given is said', async () => {
    writeFileSync(at('one.jsonl'), '{"text":"Vigo","entities":[]}\n');
    const render = (out: string) => cognate('render', at('one.jsonl'), '--out', out);
    await render(at('pages-of/letters/one.html'));
    expect(readdirSync(at('pages-of/letters'))).toEqual(['one.html']);
    await expect(render(at('pages-of'))).rejects.toThrow(
      new Failure(`${at('pages-of')}: expected a file, found a folder`),
    );
    await expect(render(at('one.jsonl/one.html'))).rejects.toThrow(
      new Failure(`${at('one.jsonl')}: expected a folder, found a file`),
    );
    const long = at(`${'x'.repeat(300)}.html`);
    await expect(render(long)).rejects.toThrow(new RegExp(`^${long}: `));
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

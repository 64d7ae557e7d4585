import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Failure, UsageError } from '../src/failure.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-corpora-'));
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const target = write('gl.bio', 'Ana\tB-PER\nvive\tO\nen\tO\nVigo\tB-LOC\n\nChove\tO\n\n');
const source = write('es.bio', 'Madrid\tB-LOCATION\narde\tO\n\nLuis\tB-PER\nduerme\tO\n\n');
const untagged = write('o.bio', 'Chove\tO\nmoito\tO\n\nE\tO\nvai\tO\n\n');
const out = join(folder, 'model');
const train = (...args: string[]) =>
  cognate(
    ...['train', ...args, '--language', 'gl', '--config', 'linear', '--set', 'params.max_iterations=3'],
    ...['--no-report', '--quiet', '--out', out, '--force', '--format', 'conll'],
  );

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('labels', () => {
  test('no entity anywhere is an error, with the files', async () => {
    const nothing = new Failure(
      `${untagged}: expected entities to learn from, got the tag O alone, in 2 sentences ` +
        '(cognate debug data shows what is read; --map may have taken all labels out)',
    );
    await expect(train(untagged)).rejects.toThrow(nothing);
    await expect(train(target, '--map', 'PER=', 'LOC=')).rejects.toThrow(/expected entities to learn from/u);
    expect(existsSync(out)).toBe(false);
  });

  test('those of a source that the target does not have are told', async () => {
    const { stderr } = await train(target, '--source', `es=${source}`);
    expect(stderr).toBe(
      'warning: source es: expected labels of the target, which are LOC, PER, got LOCATION; --map LOCATION=NAME renames, LOCATION= leaves out\n',
    );
    const mapped = await train(target, '--source', `es=${source}`, '--map', 'LOCATION=LOC');
    expect(mapped.stderr).toBe('');
    const without = await train(untagged, '--source', `es=${source}`);
    expect(without.stderr).toContain('labels of the target, which has no entity, got LOCATION, PER;');
  });

  test('those of development and test corpora that no training corpus has are told', async () => {
    const { stderr } = await train(target, '--dev', source);
    expect(stderr).toBe(
      'warning: what the model is judged by: expected labels that it is trained on, which are LOC, PER, got LOCATION, which it cannot find; ' +
        '--map LOCATION=NAME renames, LOCATION= leaves out\n',
    );
    expect((await train(target, '--test', target)).stderr).toBe('');
  });
});

describe('flags', () => {
  test('a source that is named twice has both files; it is another language than the target', async () => {
    const { stdout } = await train(target, '--source', `es=${source}`, `es=${target}`, '--json');
    expect(JSON.parse(stdout).sentences.sources).toEqual({ es: 4 });
    await expect(train(target, '--source', `gl=${source}`)).rejects.toThrow(UsageError);
  });

  test('a language has several codes, and is one language by all of them', async () => {
    await expect(train(target, '--source', `glg=${source}`)).rejects.toThrow(
      new UsageError('expected --source of another language than --language (gl), got glg again'),
    );
    const { stdout } = await train(target, '--source', `spa=${source}`, `es-MX=${target}`, '--json');
    expect(JSON.parse(stdout).sentences.sources).toEqual({ spa: 4 });
  });

  test.each([
    ['train', ['--out', out]],
    ['tag', ['--model', out]],
    ['evaluate', ['--model', out]],
    ['render', ['--model', out]],
  ])('what is no code of a language is refused by %s before anything is read', async (command, more) => {
    for (const code of ['g l', ''])
      await expect(
        cognate(command, join(folder, 'nowhere.bio'), '--language', code, ...more),
      ).rejects.toMatchObject({
        code: 'commander.invalidArgument',
        message: expect.stringContaining(
          `argument '${code}' is invalid. expected the code of a language, as gl or tl.`,
        ) as unknown,
      });
  });

  test('the name of a language in the place of its code is told; other codes than those of the registry are not', async () => {
    const named = async (language: string): Promise<string> => {
      const place = ['--language', language, '--out', out, '--force', '--format', 'conll'];
      const linear = ['--config', 'linear', '--iterations', '2', '--no-report', '--quiet'];
      return (await cognate('train', target, ...place, ...linear)).stderr;
    };
    expect(await named('Galacian')).toBe(
      'warning: --language: Galacian is no code of a language, and is taken as it stands. Did you mean Galician?\n',
    );
    for (const code of ['gl', 'xx', 'stq', 'sr-Latn']) expect(await named(code)).toBe('');
  });

  test('the code of a source may have a script', async () => {
    const { stdout } = await train(target, '--source', `sr-Latn=${target}`, '--json');
    expect(JSON.parse(stdout).sentences.sources).toEqual({ 'sr-Latn': 2 });
  });

  test('text without tags is refused where it would not be used', async () => {
    await expect(train(target, '--unlabelled', untagged)).rejects.toThrow(
      '--unlabelled is for ensembles (--config strong), not for linear models',
    );
  });

  test('what is no model is not replaced, and that is said before the training', async () => {
    const late = ['--out', target, '--force', '--log-json', join(folder, 'log.jsonl')];
    await expect(
      cognate('train', target, '--config', 'linear', '--format', 'conll', ...late),
    ).rejects.toThrow(/expected a new folder, an empty one or a model's/u);
    expect(readFileSync(join(folder, 'log.jsonl'), 'utf8')).not.toContain('iteration');
  });

  test('tags that are numbers have their names as a list', async () => {
    const numbers = write('numbers.jsonl', '{"tokens": ["Ana", "vive"], "ner_tags": [1, 0]}\n');
    const { stdout } = await cognate('convert', numbers, '-', '--read', 'tagNames=O,B-PER,I-PER');
    expect(stdout).toBe('Ana\tB-PER\nvive\tO\n\n');
  });

  test('a project takes the options of texts with spans', async () => {
    const broken = write('broken.txt', '<PER>Ana</PER> vive en <LOC>Vigo</LOC>.\n<PER>Ana vive.\n');
    const project = write(
      'broken.yaml',
      `target: { language: gl, train: ${broken} }\nread: { format: inline, brokenMarkup: drop }\nrecipe: linear\noutput: inline\nreport: false\n`,
    );
    const { stdout } = await cognate('train', project, '--quiet', '--json');
    expect(JSON.parse(stdout).sentences.target).toBe(1);
  });
});

test('two corpora of other sentences: which, and how they begin', async () => {
  const other = write('other.bio', 'Ana\tB-PER\nvive\tO\nen\tO\nVigo\tB-LOC\n\nChove\tO\nmoito\tO\n\n');
  await expect(cognate('evaluate', target, other)).rejects.toThrow(
    new Failure(`${other}: sentence 2: expected 1 tokens as in ${target} (Chove), got 2 (Chove moito)`),
  );
});

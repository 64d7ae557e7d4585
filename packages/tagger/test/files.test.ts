import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  fetchModelFiles,
  LinearTagger,
  ModelFormatError,
  TaggerError,
  type ModelFiles,
} from '../src/index.js';
import { galician, spanish } from './toy.js';

const quick = { params: { max_iterations: 20 } };
const text = 'Rosalía vive en Lugo.';
const own = {
  name: 'town',
  extract: ({ tokens }: { tokens: readonly string[] }, at: number) =>
    tokens[at] === 'Lugo' ? 'yes' : undefined,
};

let tagger: LinearTagger;
let files: ModelFiles;
beforeAll(async () => {
  tagger = await LinearTagger.train([...galician, ...spanish], { ...quick, targetRepeat: 3 });
  files = tagger.toFiles();
});

const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const withConfig = (change: Record<string, unknown>) => ({
  ...files,
  'config.json': bytesOf({ ...parse(files['config.json']), ...change }),
});

test('a round trip changes nothing', () => {
  const again = LinearTagger.fromFiles(files);
  expect(again.tag(text)).toEqual(tagger.tag(text));
  expect(again.tag(text, { language: 'es' })).toEqual(tagger.tag(text, { language: 'es' }));
  expect(again.toFiles()).toEqual(files);
  expect([again.language, again.languages, again.labels]).toEqual([
    tagger.language,
    tagger.languages,
    tagger.labels,
  ]);
});

test('the model card says what it was trained on', () => {
  const card = new TextDecoder().decode(files['README.md']);
  expect(card).toContain('# Named entities: Galician (gl)');
  expect(card).toContain('| Galician (gl) | 6 | 55 | 11 |');
  expect(card).toContain('| Spanish (es) | 4 | 35 | 7 |');
  expect(card).toContain('counts 3 times');
});

test('own templates are named in the model and asked for when it is loaded', async () => {
  const special = await LinearTagger.train(galician, { ...quick, templates: ['default', own] });
  const saved = special.toFiles();
  expect(parse(saved['config.json']).templates).toContainEqual({ own: 'town' });
  expect(() => LinearTagger.fromFiles(saved)).toThrow(
    'the model was trained with a template of its maker\'s own, "town": pass it as one of options.templates',
  );
  expect(LinearTagger.fromFiles(saved, { templates: [own] }).tag(text)).toEqual(special.tag(text));
});

describe('damaged and hostile files', () => {
  test.each([
    [{ format: 'other' }, 'expected format "cognate-tagger", got "other"'],
    [{ format: undefined }, 'expected format "cognate-tagger", got nothing'],
    [{ version: 2 }, 'expected version 1, got 2; a later version'],
    [{ type: 'neural' }, 'expected type "linear", got "neural"'],
    [{ scheme: 'XYZ' }, 'config.json: scheme: '],
    [{ labels: ['PER'] }, 'do not belong together: labels PER in IOB2, but tags'],
    [{ scheme: 'IO' }, 'do not belong together'],
    [{ templates: [] }, 'config.json: templates: '],
    [{ templates: ['word[99]'] }, 'config.json: template "word[99]"'],
    [{ templates: ['__proto__'] }, 'config.json: template'],
    [{ model: '../../etc/passwd' }, 'config.json: model: expected the name of a file beside this one'],
    [
      { model: 'missing.crf' },
      'expected a file missing.crf in the model, got config.json, model.crf, README.md',
    ],
    [{ extra: 1 }, 'config.json: the whole: Unrecognized key'],
    [{ training: { sentences: -1 } }, 'config.json: training.'],
  ])('%j', (change, message) => {
    expect(() => LinearTagger.fromFiles(withConfig(change))).toThrow(message);
    expect(() => LinearTagger.fromFiles(withConfig(change))).toThrow(ModelFormatError);
  });

  test.each([
    ['{', 'config.json is no JSON in UTF-8'],
    ['null', 'expected format'],
    ['[]', 'expected format'],
    [' '.repeat((1 << 20) + 1), 'expected at most 1048576 bytes'],
  ])('%#: a configuration that is none', (config, message) => {
    expect(() => LinearTagger.fromFiles({ ...files, 'config.json': bytesOf(config) })).toThrow(message);
  });

  test('a missing file, one that is no bytes, a damaged model', () => {
    expect(() => LinearTagger.fromFiles({})).toThrow('expected a file config.json in the model, got no file');
    expect(() => LinearTagger.fromFiles({ ...files, 'model.crf': 'x' as never })).toThrow('got "x"');
    const damaged = files['model.crf'].slice();
    damaged[damaged.length >> 1] ^= 1;
    expect(() => LinearTagger.fromFiles({ ...files, 'model.crf': damaged })).toThrow(ModelFormatError);
    expect(() => LinearTagger.fromFiles({ ...files, 'model.crf': new Uint8Array() })).toThrow(
      /^model\.crf: /u,
    );
  });

  test('any field replaced by anything: an error of ours, or a tagger that tags', () => {
    const config = parse(files['config.json']);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(config)), fc.jsonValue(), (field, value) => {
        try {
          LinearTagger.fromFiles(withConfig({ [field]: value })).tag(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TaggerError);
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('fetching', () => {
  const server = (address: string) => {
    const name = address.replace('https://models.example/gl/', '');
    return Promise.resolve(
      Object.hasOwn(files, name)
        ? new Response(files[name].slice().buffer)
        : new Response('', { status: 404 }),
    );
  };

  test.each(['https://models.example/gl', 'https://models.example/gl/'])('from %s', async (base) => {
    const loaded = LinearTagger.fromFiles(await fetchModelFiles(base, { fetch: server }));
    expect(loaded.tag(text)).toEqual(tagger.tag(text));
  });

  test('what is not there', async () => {
    await expect(fetchModelFiles(new URL('https://models.example/fy'), { fetch: server })).rejects.toThrow(
      "expected the model's config.json at https://models.example/fy/config.json, got status 404",
    );
  });
});

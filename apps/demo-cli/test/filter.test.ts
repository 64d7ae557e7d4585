import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleCorpus } from '@cognate/corpora/samples';
import { LinearTagger } from '@cognate/tagger';
import { saveTagger } from '@cognate/tagger/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../src/failure.js';
import { inOrder } from '../src/filter/in-order.js';
import { lineBlocks } from '../src/filter/line-blocks.js';
import { tagLines, type LineSettings } from '../src/filter/tag-lines.js';
import { cognate, programFile, spawnCognate, startCognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-filter-'));
const at = (name: string): string => join(folder, name);
const model = at('model');
let tagger: LinearTagger;

beforeAll(async () => {
  const sentences = (await sampleCorpus('gl', 'train')).slice(0, 60);
  tagger = await LinearTagger.train(sentences, { language: 'gl', params: { max_iterations: 15 } });
  await saveTagger(tagger, model);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const lines = [
  'Xoana Pereira foi a Vigo.',
  '',
  'O Concello de Ourense. Mateo vive en Lugo.',
  '\u2028 é un carácter, non un salto',
];
const answers = (): string =>
  lines.map((text) => `${JSON.stringify({ text, entities: tagger.tag(text) })}\n`).join('');

describe('a line in, a line out', () => {
  test.each([
    ['as Unix writes them', `${lines.join('\n')}\n`],
    ['without an end of the last', lines.join('\n')],
    ['as Windows writes them', `\uFEFF${lines.join('\r\n')}\r\n`],
  ])('lines %s', async (_, content) => {
    writeFileSync(at('in.txt'), content);
    writeFileSync(at('in.txt.gz'), gzipSync(content));
    const { stdout, stderr } = await cognate(
      'tag',
      '--model',
      model,
      '--json',
      at('in.txt'),
      at('in.txt.gz'),
    );
    expect(stdout).toBe(answers() + answers());
    expect(stderr).toBe('');
  });

  test('bytes that are no UTF-8 are replaced and counted', async () => {
    writeFileSync(
      at('bytes.txt'),
      Buffer.concat([Buffer.from('Vigo \uFFFD\n'), Buffer.from([0xff, 0x0a]), Buffer.from('Lugo\n')]),
    );
    const { stdout, stderr } = await cognate('tag', '--model', model, '--json', at('bytes.txt'));
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { text: string }).text),
    ).toEqual(['Vigo \uFFFD', '\uFFFD', 'Lugo']);
    expect(stderr).toBe('1 line had bytes that are no UTF-8; U+FFFD stands in their place\n');
  });

  test('columns keep sentences apart and spell the tags that predictTags gives', async () => {
    writeFileSync(at('two.txt'), 'Xoana Pereira vive en Vigo. Mateo vive en Lugo.\n');
    const { stdout } = await cognate('tag', '--model', model, '--output', 'columns', at('two.txt'));
    const expected = [
      ['Xoana', 'Pereira', 'vive', 'en', 'Vigo', '.'],
      ['Mateo', 'vive', 'en', 'Lugo', '.'],
    ].map((tokens) => {
      const tags = tagger.predictTags(tokens);
      return tokens.map((token, t) => `${token}\t${tags[t]}\n`).join('');
    });
    expect(stdout).toBe(expected.map((block) => `${block}\n`).join(''));
  });

  test('a line that cannot be tagged ends the work, after all lines before it; or stands for itself', async () => {
    writeFileSync(at('bad.jsonl'), '{"text":"Vigo","id":1}\n{"id":2}\nnonsense\n{"text":"Lugo","id":4}\n');
    const stopped = await spawnCognate(['tag', '-m', model, '--input', 'jsonl', at('bad.jsonl')]);
    expect(stopped.code).toBe(1);
    expect(stopped.stdout).toMatch(/^\{"id":1,"text":"Vigo",.*\}\n$/);
    expect(stopped.stderr).toMatch(/^error: .*bad\.jsonl:2: expected "text" \(a string\)/);
    const went = await spawnCognate([
      'apply',
      '-m',
      model,
      '--input',
      'jsonl',
      '--keep-going',
      at('bad.jsonl'),
    ]);
    expect(went.code).toBe(1);
    const objects = went.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects.map(({ id, error }) => id ?? error)).toEqual([
      1,
      expect.stringMatching(/bad\.jsonl:2: expected "text"/),
      expect.stringMatching(/bad\.jsonl:3: expected a JSON object/),
      4,
    ]);
    expect(went.stderr.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('a pipe', () => {
  test('an answer comes before the next line is written', async () => {
    const child = await startCognate(['tag', '--model', model, '--output', 'marked']);
    try {
      child.stdout.setEncoding('utf8');
      for (const line of ['Xoana foi a Vigo.', 'Mateo vive en Lugo.']) {
        child.stdin.write(`${line}\n`);
        const [answer] = (await once(child.stdout, 'data')) as [string];
        expect(answer.replace(/[[\]]|\([A-Z]+\)/g, '')).toBe(`${line}\n`);
      }
      child.stdin.end();
      expect(await once(child, 'close')).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test(
    'a reader who has seen enough, of input without an end',
    { skip: process.platform === 'win32' },
    async () => {
      const main = JSON.stringify(await programFile());
      const command = `yes 'Xoana foi a Vigo.' | ${JSON.stringify(process.execPath)} ${main} tag -m ${JSON.stringify(model)} | head -n 3; echo "\${PIPESTATUS[1]}"`;
      const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
      expect(stderr).toBe('');
      const printed = stdout.trimEnd().split('\n');
      expect(printed).toHaveLength(4);
      expect(printed[3]).toBe('0');
    },
  );

  test('an error ends it though more may come', async () => {
    const child = await startCognate(['tag', '--model', model, '--input', 'jsonl']);
    child.stdin.on('error', () => undefined);
    child.stdin.write('nonsense\n');
    expect(await once(child, 'close')).toEqual([1, null]);
  });
});

describe('lineBlocks', () => {
  const collect = async (files: string[], limit?: number) => {
    const blocks = [];
    for await (const block of lineBlocks(files, limit)) blocks.push(block);
    return blocks;
  };

  test('gives all bytes, cut at line ends only, with the numbers of the lines', async () => {
    const content = Array.from({ length: 40_000 }, (_, i) => `${'é'.repeat(i % 13)}${i}\n`).join('');
    writeFileSync(at('many.txt'), content);
    const blocks = await collect([at('many.txt')]);
    expect(blocks.length).toBeGreaterThan(3);
    expect(Buffer.concat(blocks.map(({ bytes }) => bytes)).toString()).toBe(content);
    for (const { bytes, firstLine } of blocks) {
      expect(bytes.at(-1)).toBe(10);
      expect(/\d+/.exec(new TextDecoder().decode(bytes))?.[0]).toBe(String(firstLine - 1));
    }
  });

  test('refuses a line without an end, rather than to hold it', async () => {
    writeFileSync(at('long.txt'), `a\n${'x'.repeat(300_000)}`);
    await expect(collect([at('long.txt')], 100_000)).rejects.toThrow(
      /long\.txt:2: expected a line of at most 100000 bytes/,
    );
    expect(await collect([at('long.txt')], 400_000)).toHaveLength(2);
  });
});

describe('an input that cannot be read is named, with what was expected', () => {
  const packed = gzipSync(lines.join('\n').repeat(50));
  const damaged = Buffer.from(packed);
  damaged[damaged.length - 8] ^= 0xff; // in its checksum
  beforeAll(() => {
    mkdirSync(at('folder'));
    mkdirSync(at('folder.gz'));
    writeFileSync(at('text.gz'), 'no gzip data\n');
    writeFileSync(at('cut.gz'), packed.subarray(0, packed.length / 2));
    writeFileSync(at('damaged.gz'), damaged);
  });

  test.each([
    ['missing.txt', 'no such file or folder'],
    ['folder', 'expected a file, found a folder'],
    ['folder.gz', 'expected a file, found a folder'],
    ['text.gz', 'expected gzip data, found something else (incorrect header check)'],
    ['cut.gz', 'expected gzip data, found some that break off before their end'],
    ['damaged.gz', 'expected gzip data, found damaged data (incorrect data check)'],
  ])('%s', async (name, said) => {
    for (const command of ['tag', 'render'])
      await expect(cognate(command, '--model', model, at(name))).rejects.toThrow(
        new Failure(`${at(name)}: ${said}`),
      );
  });
});

describe('render reads as tag does', () => {
  const page = async (name: string, content: string | Uint8Array) => {
    writeFileSync(at(name), content);
    return cognate('render', '--model', model, at(name));
  };

  test('the mark at the start, line ends and gzip are no part of the text', async () => {
    const plain = await page('plain.txt', `${lines.join('\n')}\n`);
    expect(plain.stdout.match(/<p /gu)).toHaveLength(lines.length);
    expect(await page('windows.txt', `\uFEFF${lines.join('\r\n')}\r\n`)).toEqual(plain);
    expect(await page('packed.txt.gz', gzipSync(lines.join('\n')))).toEqual(plain);
  });

  test('bytes that are no UTF-8 are told of', async () => {
    const { stdout, stderr } = await page('bytes.txt', Buffer.from([0xff, 0x0a, 0x41, 0xfe, 0x0a, 0x42]));
    expect(stdout.match(/\uFFFD/gu)).toHaveLength(2);
    expect(stderr).toBe('2 lines had bytes that are no UTF-8; U+FFFD stands in their place\n');
  });
});

describe('inOrder', () => {
  const numbers = async function* (count: number, read: number[] = []) {
    for (let i = 0; i < count; i++) {
      await Promise.resolve();
      read.push(i);
      yield i;
    }
  };
  const later = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

  test('keeps the order whatever is done first, and no more than so many are under way', async () => {
    let [under, most] = [0, 0];
    const work = async (i: number): Promise<number> => {
      most = Math.max(most, ++under);
      await later((i * 7) % 5);
      under--;
      return i;
    };
    const results = [];
    for await (const result of inOrder(numbers(40), work, 4)) results.push(result);
    expect(results).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(most).toBe(4);
  });

  test('reads no further than it may while nobody takes results', async () => {
    const read: number[] = [];
    const results = inOrder(numbers(1000, read), (i) => Promise.resolve(i), 3);
    await results.next();
    await later(10);
    expect(read.length).toBeLessThanOrEqual(5);
  });

  test('a failure comes after the results before it', async () => {
    const failing = inOrder(
      numbers(9),
      (i) => (i === 2 ? Promise.reject(new Error('two')) : later(5).then(() => i)),
      4,
    );
    expect([(await failing.next()).value, (await failing.next()).value]).toEqual([0, 1]);
    await expect(failing.next()).rejects.toThrow('two');
    const broken = inOrder(
      (async function* () {
        yield* numbers(2);
        throw new Error('unreadable');
      })(),
      (i) => later(5).then(() => i),
      4,
    );
    expect([(await broken.next()).value, (await broken.next()).value]).toEqual([0, 1]);
    await expect(broken.next()).rejects.toThrow('unreadable');
  });
});

test('languages may change from line to line', () => {
  const settings: LineSettings = { input: 'jsonl', output: 'jsonl', colour: false, keepGoing: false };
  const inputs = ['gl', 'gl', undefined, 'es', 'gl'].map((language) => ({
    text: 'Xoana foi a Vigo.',
    language,
  }));
  const bytes = new TextEncoder().encode(inputs.map((input) => `${JSON.stringify(input)}\n`).join(''));
  const result = tagLines(tagger, { bytes, name: 'x', firstLine: 1 }, settings);
  const expected = inputs.map(({ text, language }) => ({
    text,
    ...(language && { language }),
    entities: tagger.tag(text, { language }),
  }));
  expect(
    new TextDecoder()
      .decode(result.bytes)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(expected);
});

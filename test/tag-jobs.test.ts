import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleCorpus } from '@cognate/corpora/samples';
import { LinearTagger } from '@cognate/tagger';
import { saveTagger } from '@cognate/tagger/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './repository.js';

describe('tag --jobs, in the program as it is built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cognate-jobs-'));
  const model = join(folder, 'model');
  let texts: string[];

  const tag = (jobs: number, input: string | Uint8Array, ...args: string[]) => {
    const program = join(root, 'apps/demo-cli/bin/cognate.js');
    const flags = ['tag', '--model', model, '--jobs', String(jobs), ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...flags], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { status, stdout, stderr };
  };

  beforeAll(async () => {
    const sentences = await sampleCorpus('gl', 'train');
    texts = sentences.map(({ tokens }) => tokens.join(' '));
    const some = sentences.slice(0, 60);
    const tagger = await LinearTagger.train(some, { language: 'gl', params: { max_iterations: 10 } });
    await saveTagger(tagger, model);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['jsonl', 'columns', 'marked'])('gives the bytes that one thread gives: %s', (output) => {
    // Several blocks, of lines as short and as long as they come.
    const input = Array.from({ length: 1200 }, (_, i) =>
      texts.slice(i % 900, (i % 900) + (i % 4)).join(' '),
    ).join('\n');
    const one = tag(1, input, '--output', output);
    expect(one.status).toBe(0);
    expect(tag(3, input, '--output', output)).toEqual(one);
  });

  it('ends at a line that cannot be tagged, wherever in the input it is', () => {
    const lines = Array.from({ length: 1500 }, (_, i) => JSON.stringify({ text: texts[i % 900], i }));
    lines[1321] = '{"i":1321}';
    const input = lines.join('\n');
    const one = tag(1, input, '--input', 'jsonl');
    expect(one.status).toBe(1);
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(1321);
    expect(one.stderr).toMatch(/^error: stdin:1322: expected "text"/);
    expect(tag(2, input, '--input', 'jsonl')).toEqual(one);
  });

  it('says what is wrong with a model, once', () => {
    writeFileSync(join(model, 'model.crf'), 'rubbish');
    const { status, stderr } = tag(2, 'Vigo\n');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .*model: model\.crf: expected a model file/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

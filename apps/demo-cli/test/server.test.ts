import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { sampleCorpus } from '@cognate/corpora/samples';
import { LinearTagger, toTransformers, type Tagger, type TaggerInput } from '@cognate/tagger';
import { EnsembleTagger } from '@cognate/tagger/ensemble';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readItem } from '../src/read-item.js';
import { defaultLimits, type Limits } from '../src/server/limits.js';
import { tagInSteps } from '../src/server/tag-in-steps.js';
import { TagServer } from '../src/server/tag-server.js';

const text = 'Xoana Pereira viaxou de Vigo a Lisboa. O Concello de Ourense asinou onte o acordo.';
let tagger: LinearTagger;
let server: TagServer | undefined;
let faults: unknown[] = [];
let port = 0;

beforeAll(async () => {
  const sentences = (await sampleCorpus('gl', 'train')).slice(0, 80);
  tagger = await LinearTagger.train(sentences, { language: 'gl', params: { max_iterations: 20 } });
});

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(limits: Partial<Limits> = {}, model: Tagger = tagger): Promise<string> {
  faults = [];
  server = new TagServer(model, { ...defaultLimits, ...limits }, (error) => faults.push(error));
  ({ port } = await server.listen(0, '127.0.0.1'));
  return `http://127.0.0.1:${port}`;
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/tag`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** A request by hand: what `fetch` would not send. Answers with all that comes back until the connection is closed. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  await once(socket, 'close');
  return answer;
}

describe('POST /tag', () => {
  test('gives what the tagger gives: text, tokens, lists, plain text, the shape of transformers', async () => {
    const url = await start();
    const expected = tagger.tag(text);
    expect(expected.length).toBeGreaterThan(1);
    const answer = await post(url, { text });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ entities: expected });

    const tokens = ['Antía', 'vive', 'en', 'Lugo'];
    expect(await (await post(url, { tokens, language: 'gl' })).json()).toEqual({
      entities: tagger.tag(tokens),
    });
    expect(await (await post(url, { inputs: [{ text }, { tokens }, 'Chove.'] })).json()).toEqual({
      results: [{ entities: expected }, { entities: tagger.tag(tokens) }, { entities: tagger.tag('Chove.') }],
    });
    expect(await (await post(url, text, { 'content-type': 'text/plain; charset=utf-8' })).json()).toEqual({
      entities: expected,
    });
    expect(await (await post(url, { text, format: 'transformers' })).json()).toEqual({
      entities: toTransformers(expected),
    });
    expect(await (await post(url, { text: '' })).json()).toEqual({ entities: [] });
  });

  test('a language that a linear model has not seen is served by its relative', async () => {
    const own = await sampleCorpus('gl', 'train');
    const others = await sampleCorpus('es', 'train');
    const sentences = [...own.slice(0, 60), ...others.slice(0, 60)];
    const both = await LinearTagger.train(sentences, { language: 'es', params: { max_iterations: 10 } });
    const alone = new EnsembleTagger([{ tagger: both }]);
    for (const model of [both, alone]) {
      const url = await start({}, model);
      const answer = async (language: string): Promise<unknown> =>
        (await post(url, { text, language })).json();
      const entities = model.tag(text, { language: 'gl' });
      expect(entities).not.toEqual(model.tag(text, { language: 'ro' }));
      // The registry names Spanish before Galician as a relative of Romanian, and for Portuguese nothing.
      expect(await answer('ro')).toEqual({ entities: model.tag(text, { language: 'es' }) });
      expect(await answer('GL-es')).toEqual({ entities });
      expect(await answer('pt')).toHaveProperty('error');
      await server?.close();
    }
  });

  test.each([
    ['not JSON', '{"text": ', {}, 400, /expected JSON/],
    ['not an object', [1], {}, 400, /the body: expected an object, got \[1\]/],
    ['nothing to tag', {}, {}, 400, /expected "text" \(a string\) or "tokens" .*, got \{\}/],
    [
      'a misspelt field',
      { text, langauge: 'gl' },
      {},
      400,
      /^the body: expected only the fields text, tokens, language, inputs, format, got "langauge"$/,
    ],
    [
      'a field that items do not have',
      { inputs: ['a', { text, format: 'entities' }] },
      {},
      400,
      /^inputs\[1\]: expected only the fields text, tokens, language, got "format"$/,
    ],
    [
      'text and tokens',
      { text, tokens: ['Vigo'] },
      {},
      400,
      /the body: expected "text" or "tokens", got both/,
    ],
    ['text beside inputs', { text, inputs: ['a'] }, {}, 400, /expected "inputs" or "text", got both/],
    [
      'an item that is neither',
      { inputs: ['a', 3] },
      {},
      400,
      /inputs\[1\]: expected a string or an object, got 3/,
    ],
    ['tokens that are not strings', { tokens: ['a', 1] }, {}, 400, /expected "text"/],
    ['a wrong item', { inputs: ['a', { text: 3 }] }, {}, 400, /inputs\[1\]: expected "text"/],
    ['a wrong language', { text, language: 3 }, {}, 400, /expected a string as language, got 3/],
    ['a language that is none', { text, language: '' }, {}, 400, /language/],
    [
      'a language that a linear model has not seen, nor a relative of it',
      { inputs: ['a', { text, language: 'uk' }] },
      {},
      400,
      /^inputs\[1\]: language: expected one that the tagger knows \(gl\) or that has a relative among them, got "uk"$/,
    ],
    ['an unknown format', { text, format: 'xml' }, {}, 400, /"entities" or "transformers", got "xml"/],
    ['another type', '<a/>', { 'content-type': 'text/xml' }, 415, /got text\/xml/],
    [
      'a sentence of too many tokens',
      { inputs: ['a', { tokens: new Array<string>(101).fill('a') }] },
      {},
      413,
      /^inputs\[1\]: expected at most 100 tokens in a sentence, got 101$/,
    ],
    [
      'a text with such a sentence',
      { text: `Chove. O ${'a '.repeat(100)}` },
      {},
      413,
      /^the body: expected at most 100 tokens in a sentence, got 101 in the one that starts at character 7$/,
    ],
    ['too much', { text: 'a'.repeat(5000) }, {}, 413, /at most 2000 bytes/],
  ])('%s is the sender’s fault', async (_, body, headers, status, message) => {
    const url = await start({ bodyBytes: 2000, sentenceTokens: 100 });
    const answer = await post(url, body, headers);
    expect(answer.status).toBe(status);
    expect((await answer.json()) as unknown).toEqual({ error: expect.stringMatching(message) });
    expect(faults).toEqual([]);
    expect((await post(url, { text })).status).toBe(200);
  });

  test('a body too long is refused before it has come whole, though no length was announced', async () => {
    await start({ bodyBytes: 2000 });
    const sending = httpRequest({ port, path: '/tag', method: 'POST', agent: new Agent() });
    const answered = once(sending, 'response') as Promise<[{ statusCode: number }]>;
    sending.on('error', () => undefined);
    for (let i = 0; i < 30; i++) sending.write('x'.repeat(100));
    const [{ statusCode }] = await answered;
    expect(statusCode).toBe(413);
    sending.destroy();
  });

  test('bytes that are not UTF-8 are the sender’s fault', async () => {
    await start();
    const head = 'POST /tag HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
    const socket = connect(port, '127.0.0.1');
    socket.write(`${head}Content-Length: 2\r\n\r\n`);
    socket.write(Buffer.from([0xff, 0xfe]));
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 400 /);
    socket.destroy();
    expect(faults).toEqual([]);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400, /expected a request of HTTP/, 'other'],
    [
      'no host',
      'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n',
      400,
      /expected a header Host/,
      '/health',
    ],
    ['long headers', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 431, /bytes of headers/, 'other'],
    ['a head that never ends', 'GET / HTTP/1.1\r\n', 408, /within 300 ms/, 'other'],
    [
      'a body that never comes',
      'POST /tag HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nslow',
      408,
      /expected the whole request within 300 ms/,
      '/tag',
    ],
    [
      'a chunk that is none',
      'POST /tag HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
      /expected a request of HTTP/,
      '/tag',
    ],
    [
      'an expectation that is unknown',
      'POST /tag HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: miracles\r\nContent-Length: 2\r\n\r\n{}',
      417,
      /^expected "100-continue" or no header Expect, got "miracles"$/,
      '/tag',
    ],
  ])('%s is answered in JSON and counted', async (_, sent, status, message, path) => {
    const url = await start({ milliseconds: 300 });
    const [head, body] = (await raw(sent)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} \\w`));
    expect(head).toMatch(/^content-type: application\/json/im);
    expect(head).toMatch(/^connection: close$/im);
    expect(head).toMatch(new RegExp(`^content-length: ${Buffer.byteLength(body)}$`, 'im'));
    expect(JSON.parse(body) as unknown).toEqual({ error: expect.stringMatching(message) });
    const counted = `cognate_requests_total{path="${path}",status="${status}"} 1\n`;
    let metrics = '';
    while (!metrics.includes(counted)) metrics = await (await fetch(`${url}/metrics`)).text();
    expect(faults).toEqual([]);
  });

  test('a request that was refused before its body had come gets no second answer', async () => {
    await start({ milliseconds: 300, bodyBytes: 10 });
    const answer = await raw('POST /tag HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nslow');
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413']);
  });
});

describe('the steps of a text', () => {
  const never = new AbortController().signal;
  const tokensOf = (input: TaggerInput): readonly string[] =>
    typeof input === 'string' ? [] : 'tokens' in input ? input.tokens : input;

  /** A tagger that finds nothing, and keeps how many tokens each sentence of each step has. */
  function stub(onStep: () => void = () => undefined): { model: Tagger; steps: number[][] } {
    const steps: number[][] = [];
    const tagBatch = (inputs: readonly TaggerInput[]): [][] => {
      steps.push(inputs.map((input) => tokensOf(input).length));
      onStep();
      return inputs.map(() => []);
    };
    return { model: Object.create(tagger, { tagBatch: { value: tagBatch } }) as Tagger, steps };
  }

  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const itemOf = (input: string | readonly string[]) => ({ input, language: 'gl', place: 'the body' });
  const sentence = (words: number): string => `O${' can'.repeat(words - 2)}. `;

  test('are of few tokens, however long the sentences: 16 short ones go together', async () => {
    const { model, steps } = stub();
    await tagInSteps(model, itemOf(sentence(20).repeat(16)), 2000, never);
    expect(steps).toEqual([new Array<number>(16).fill(20)]);
    steps.length = 0;
    await tagInSteps(model, itemOf(sentence(400).repeat(16) + sentence(1500) + sentence(3)), 2000, never);
    expect(steps.flat()).toEqual([...new Array<number>(16).fill(400), 1500, 3]);
    for (const step of steps) expect(step.length === 1 || sum(step) <= 512).toBe(true);
  });

  test('let others in between, and are given up when the signal says so', async () => {
    let turns = 0;
    const seen: number[] = [];
    const { model } = stub(() => {
      seen.push(turns);
      setImmediate(() => turns++);
    });
    await tagInSteps(model, itemOf(sentence(400).repeat(3)), 2000, never);
    expect(seen).toEqual([0, 1, 2]);

    const controller = new AbortController();
    const aborting = stub(() => {
      controller.abort(new Error('enough'));
    });
    const tagging = tagInSteps(aborting.model, itemOf(sentence(400).repeat(3)), 2000, controller.signal);
    await expect(tagging).rejects.toThrow('enough');
    expect(aborting.steps).toEqual([[400]]);
  });

  test('come after cutting the text, which lets others in between and can be given up, too', async () => {
    let turns = 0;
    const { model } = stub(() => clearInterval(counting));
    const counting = setInterval(() => turns++, 0);
    const long = sentence(400).repeat(200);
    await tagInSteps(model, itemOf(long), 2000, never);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);

    const { model: idle, steps } = stub();
    const controller = new AbortController();
    const tagging = tagInSteps(idle, itemOf(long), 2000, controller.signal);
    controller.abort(new Error('enough'));
    await expect(tagging).rejects.toThrow('enough');
    expect(steps).toEqual([]);
  });

  test('are none where a sentence is longer than allowed', async () => {
    const { model, steps } = stub();
    const words = new Array<string>(2001).fill('can');
    await expect(tagInSteps(model, itemOf(words), 2000, never)).rejects.toMatchObject({ status: 413 });
    await expect(tagInSteps(model, itemOf(sentence(3) + sentence(2001)), 2000, never)).rejects.toMatchObject({
      status: 413,
    });
    expect(steps).toEqual([]);
    await tagInSteps(model, itemOf(words.slice(1)), 2000, never);
    expect(steps).toEqual([[2000]]);
  });

  test('find what the tagger finds in the whole text', async () => {
    const long = `${text} `.repeat(80);
    expect(await tagInSteps(tagger, itemOf(long), 2000, never)).toEqual(tagger.tag(long));
  });
});

test('a line of JSON keeps its other fields, but has text or tokens, not both', () => {
  expect(readItem('{"text":"Vigo","id":7}', 'jsonl', 'a:1').fields).toEqual({ id: 7 });
  expect(() => readItem('{"text":"Vigo","tokens":["Vigo"]}', 'jsonl', 'a:1')).toThrow(
    /^a:1: expected "text" or "tokens", got both/,
  );
});

test('a path that is no address, and a sender who hangs up in the middle of a body, hurt nobody', async () => {
  const url = await start();
  expect(await raw('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /);
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /tag HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"text":');
  await once(socket, 'connect');
  // Until the server has begun with it.
  let metrics = '';
  while (!metrics.includes('cognate_requests_pending 2\n'))
    metrics = await (await fetch(`${url}/metrics`)).text();
  socket.destroy();
  while (!metrics.includes('path="/tag",status="aborted"'))
    metrics = await (await fetch(`${url}/metrics`)).text();
  expect((await post(url, { text })).status).toBe(200);
  expect(faults).toEqual([]);
});

describe('other paths', () => {
  test('health, metrics, unknown paths and methods', async () => {
    const url = await start();
    const health = await fetch(`${url}/health`);
    expect(await health.json()).toMatchObject({
      status: 'ok',
      model: { type: 'linear', labels: tagger.labels },
    });
    expect((await fetch(`${url}/health`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    const wrong = await fetch(`${url}/tag`);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    await post(url, { inputs: [text, text] });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('cognate_requests_total{path="/tag",status="200"} 1\n');
    expect(metrics).toContain('cognate_requests_total{path="other",status="404"} 1\n');
    expect(metrics).toContain('cognate_inputs_total 2\n');
    expect(metrics).toContain(`cognate_entities_total ${2 * tagger.tag(text).length}\n`);
    expect(metrics).toContain('cognate_requests_pending 1\n');
  });
});

describe('under load', () => {
  test('a long text lets short ones through, and is given up when its time is over', async () => {
    const url = await start({ milliseconds: 400, bodyBytes: 10_000_000 });
    const long = post(url, { text: `${text} `.repeat(20_000) });
    const short = await post(url, { text });
    expect(short.status).toBe(200);
    const answer = await long;
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/not done within 400 ms/) });
  });

  test('more requests than allowed are turned away; those under way are answered', async () => {
    const url = await start({ pending: 1 });
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(url, { text: `${text} `.repeat(2000) })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect(statuses).toContain(503);
    expect((await post(url, { text })).status).toBe(200);
  });

  test('a sender who hangs up stops the work and hurts nobody', async () => {
    const url = await start({ bodyBytes: 10_000_000 });
    const controller = new AbortController();
    const hanging = fetch(`${url}/tag`, {
      method: 'POST',
      body: `${text} `.repeat(20_000),
      headers: { 'content-type': 'text/plain' },
      signal: controller.signal,
    });
    await post(url, { text });
    controller.abort();
    await expect(hanging).rejects.toThrow();
    expect((await post(url, { text })).status).toBe(200);
    let metrics = '';
    while (!metrics.includes('status="aborted"')) metrics = await (await fetch(`${url}/metrics`)).text();
    expect(faults).toEqual([]);
  });

  test('closing answers what is under way and takes nothing new', async () => {
    const url = await start();
    const under = post(url, { text: `${text} `.repeat(300) });
    await fetch(`${url}/health`);
    const closing = server?.close();
    server = undefined;
    expect((await under).status).toBe(200);
    await closing;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  test('a fault of ours is 500 without its details, told to the log', async () => {
    const broken: Tagger = Object.create(tagger, {
      tagBatch: {
        value: () => {
          throw new RangeError('secret');
        },
      },
      language: { value: 'gl' },
      labels: { value: [] },
      languages: { value: [] },
    }) as Tagger;
    const url = await start({}, broken);
    const answer = await post(url, { text });
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { error: 'the server failed; its log says why' },
    ]);
    expect(String(faults[0])).toContain('secret');
  });
});

// `cognate serve` under 64 clients, each of which sends the next request when it has the answer to the last; beside them senders that misbehave:
// bodies that are too large, that are no JSON, that never come whole, and connections that are hung up. Every answer is compared with what the
// tagger says. At the end SIGTERM, with all clients at it. The load comes from the same machine.
//   pnpm --filter @cognate/benchmarks serve-load [SECONDS [CLIENTS]]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { markdownTable } from './measure.js';
import { program, useModel } from './use-model.js';

const [seconds, clients] = ['60', '64'].map((value, i) => Number(process.argv[i + 2] ?? value));
const { model, texts, tagger, remove } = await useModel();
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

interface Answer {
  readonly status: number;
  readonly body: string;
}

function post(port: number, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(
      { port, path: '/tag', method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (text: string) => (answer += text));
        response.on('error', reject).on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: answer });
        });
      },
    );
    sending.on('error', reject).end(body);
  });
}

/** The status that a request sent byte by byte is answered with; 0 for none. */
async function rawStatus(port: number, text: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  await once(socket, 'close');
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
}

const server = spawn(
  process.execPath,
  [program, 'serve', '-m', model, '--port', '0', '--timeout', '5', '--max-body', '100000'],
  {
    stdio: ['ignore', 'ignore', 'pipe'],
  },
);
let said = '';
server.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
while (!said.includes('\n')) await once(server.stderr, 'data');
const port = Number(/:(\d+)\/tag/.exec(said)?.[1]);

// Paragraphs of three sentences.
const bodies = Array.from({ length: Math.floor(texts.length / 3) }, (_, i) => {
  const text = texts.slice(3 * i, 3 * i + 3).join(' ');
  return { body: JSON.stringify({ text }), expected: `${JSON.stringify({ entities: tagger.tag(text) })}\n` };
});
const times: number[] = [];
const wrong = { status: 0, answer: 0, connection: 0 };
let stopping = false;
let answeredWhileStopping = 0;
let refused = 0;

async function client(first: number): Promise<void> {
  for (let i = first; ; i++) {
    const { body, expected } = bodies[i % bodies.length];
    const started = performance.now();
    try {
      const answer = await post(port, body);
      if (!stopping) times.push(performance.now() - started);
      else answeredWhileStopping++;
      if (answer.status !== 200) wrong.status++;
      else if (answer.body !== expected) wrong.answer++;
    } catch {
      // A server that stops takes no new connection.
      if (!stopping) wrong.connection++;
      else refused++;
      if (stopping) return;
    }
  }
}

const head = 'POST /tag HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';
const misdeeds: Record<string, { expected: string; seen: Map<number, number>; send: () => Promise<number> }> =
  {
    'too large': {
      expected: '413',
      seen: new Map(),
      send: () => rawStatus(port, `${head}Content-Length: 200000\r\n\r\n${'x'.repeat(200_000)}`),
    },
    'no JSON': {
      expected: '400',
      seen: new Map(),
      send: () => rawStatus(port, `${head}Content-Length: 5\r\n\r\n{"tex`),
    },
    'no HTTP': { expected: '400', seen: new Map(), send: () => rawStatus(port, 'hello there\r\n\r\n') },
    'never whole': {
      expected: '408',
      seen: new Map(),
      send: () => rawStatus(port, `${head}Content-Length: 50\r\n\r\n{"text"`),
    },
    'hung up': {
      expected: 'none',
      seen: new Map(),
      send: async () => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(`${head}Content-Length: 50\r\n\r\n{"text"`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        socket.destroy();
        return 0;
      },
    },
  };

const working = Array.from({ length: clients }, (_, i) => client(i * 17));
const started = performance.now();
const misbehaving: Promise<void>[] = [];
while (performance.now() - started < seconds * 1000) {
  for (const { seen, send } of Object.values(misdeeds))
    misbehaving.push(send().then((status) => void seen.set(status, (seen.get(status) ?? 0) + 1)));
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
await Promise.all(misbehaving);
const elapsed = (performance.now() - started) / 1000;
const done = times.length;
stopping = true;
const stop = performance.now();
server.kill('SIGTERM');
const [code] = (await once(server, 'close')) as [number];
const drained = performance.now() - stop;
await Promise.all(working);
remove();

times.sort((a, b) => a - b);
const percentile = (share: number): string => times[Math.min(done - 1, Math.floor(share * done))].toFixed(1);
console.log(
  `${clients} clients for ${elapsed.toFixed(0)} s, three sentences a request, one process on this machine with its load\n`,
);
console.log(
  markdownTable(
    ['requests', 'errors', 'requests/s', 'p50 ms', 'p90 ms', 'p99 ms', 'p99.9 ms', 'max ms'],
    [
      [
        String(done),
        String(wrong.status + wrong.answer + wrong.connection),
        (done / elapsed).toFixed(0),
        ...[0.5, 0.9, 0.99, 0.999, 1].map(percentile),
      ],
    ],
  ),
);
console.log('');
console.log(
  markdownTable(
    ['sent meanwhile', 'expected', 'status: times'],
    Object.entries(misdeeds).map(([name, { expected, seen }]) => [
      name,
      expected,
      [...seen].map(([status, times]) => `${status || 'none'}: ${times}`).join(', '),
    ]),
  ),
);
console.log(
  `\nSIGTERM: ${answeredWhileStopping} requests under way answered, ${refused} later ones refused, ended with ${code} after ${drained.toFixed(0)} ms`,
);
const faults = said.split('\n').filter((line) => line.startsWith('error'));
if (faults.length > 0) console.log(`the server said:\n${faults.join('\n')}`);
const astray = Object.values(misdeeds).some(({ expected, seen }) =>
  [...seen.keys()].some((status) => String(status || 'none') !== expected),
);
if (wrong.status + wrong.answer + wrong.connection + faults.length > 0 || astray || code !== 0)
  process.exitCode = 1;

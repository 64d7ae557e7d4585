// `cognate tag` as a filter. A text of many megabytes, a numbered sentence a line, goes through a pipe with two jobs, then with one: order,
// peak memory and speed. Then a shorter one, in turn with one job, with two, and through two independent processes of one job each, which is
// as much as the machine itself gains from a second thread.
//   pnpm --filter @cognate/benchmarks tag-stream [MEGABYTES [MEGABYTES-FOR-SPEED [ROUNDS]]]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { markdownTable, median } from './measure.js';
import { program, useModel } from './use-model.js';

const [megabytes, speedMegabytes, rounds] = ['1000', '100', '3'].map((value, i) =>
  Number(process.argv[i + 2] ?? value),
);
const { folder, model, texts, remove } = await useModel();

interface Filtered {
  readonly seconds: number;
  readonly peakMb: number;
  readonly lines: number;
  readonly hash: string;
}

/** Numbered sentences, a line each, until there are so many bytes. */
async function* numberedLines(bytes: number): AsyncGenerator<string> {
  for (let [written, number] = [0, 0]; written < bytes;) {
    let piece = '';
    for (let i = 0; i < 500; i++) piece += `${number} ${texts[number++ % texts.length]}\n`;
    written += Buffer.byteLength(piece);
    yield piece;
    await Promise.resolve();
  }
}

/** Runs the filter over a pipe and looks at the numbers of all lines that come out: they have to be 0, 1, 2, ... */
async function filter(input: AsyncIterable<string | Buffer>, jobs: number): Promise<Filtered> {
  const peak = join(folder, `peak-${Math.random()}.txt`);
  // The system's own count of the whole process, its threads among it.
  const hook = `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(pathToFileURL(peak).href)}); const { isMainThread } = require('worker_threads'); if (isMainThread) process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`;
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(hook)}`,
      program,
      'tag',
      '-m',
      model,
      '--json',
      '-j',
      String(jobs),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  const feeding = pipeline(input, child.stdin);
  const hash = createHash('sha256');
  const start = Buffer.from('{"text":"');
  let lines = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    hash.update(chunk);
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
      const number = bytes.toString('latin1', at + start.length, bytes.indexOf(32, at));
      if (Number(number) !== lines) throw new Error(`line ${lines} of the output is that of line ${number}`);
      lines++;
      at = end + 1;
    }
    rest = bytes.subarray(at);
  }
  await feeding;
  const [code] = (await closed) as [number];
  if (code !== 0) throw new Error(`exit code ${code}`);
  const seconds = (performance.now() - started) / 1000;
  return {
    seconds,
    peakMb: (Number(readFileSync(peak, 'utf8')) * 1024) / 1e6,
    lines,
    hash: hash.digest('hex'),
  };
}

try {
  if (megabytes > 0) {
    const two = await filter(numberedLines(megabytes * 1e6), 2);
    const one = await filter(numberedLines(megabytes * 1e6), 1);
    if (one.hash !== two.hash) throw new Error('one job and two give different bytes');
    for (const [name, { seconds, peakMb, lines }] of [['two jobs', two] as const, ['one job', one] as const])
      console.log(
        `${megabytes} MB, ${lines} lines through a pipe, ${name}: ${seconds.toFixed(0)} s, ${(megabytes / seconds).toFixed(2)} MB/s, order kept, peak ${peakMb.toFixed(0)} MB (whole process)`,
      );
    console.log(
      `two jobs have ${(one.seconds / two.seconds).toFixed(2)} times the speed of one; the same bytes\n`,
    );
  }

  if (speedMegabytes > 0) await compareSpeed();
} finally {
  remove();
}

async function compareSpeed(): Promise<void> {
  const file = join(folder, 'short.txt');
  await pipeline(numberedLines(speedMegabytes * 1e6), createWriteStream(file));
  const one = (jobs: number): Promise<Filtered> => filter(createReadStream(file), jobs);
  const runs = { one: [] as Filtered[], two: [] as Filtered[], apart: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    runs.one.push(await one(1));
    runs.two.push(await one(2));
    const started = performance.now();
    await Promise.all([one(1), one(1)]);
    runs.apart.push((performance.now() - started) / 1000);
  }
  if (new Set([...runs.one, ...runs.two].map(({ hash }) => hash)).size !== 1)
    throw new Error('one job and two give different bytes');
  rmSync(file);
  const base = median(runs.one.map(({ seconds }) => seconds));
  const row = (name: string, megabytesDone: number, seconds: number, peak: string): string[] => [
    name,
    (megabytesDone / seconds).toFixed(2),
    `${(((megabytesDone / speedMegabytes) * base) / seconds).toFixed(2)}×`,
    peak,
  ];
  const peaks = (of: readonly Filtered[]): string => median(of.map(({ peakMb }) => peakMb)).toFixed(0);
  console.log(
    markdownTable(
      [
        `${speedMegabytes} MB, medians of ${rounds} interleaved runs`,
        'MB/s',
        'speed',
        'peak MB (whole process)',
      ],
      [
        row('one job', speedMegabytes, base, peaks(runs.one)),
        row('two jobs', speedMegabytes, median(runs.two.map(({ seconds }) => seconds)), peaks(runs.two)),
        row(
          'two processes of one job, twice the text',
          2 * speedMegabytes,
          median(runs.apart),
          'as one job, each',
        ),
      ],
    ),
  );
  console.log('\none job and two give the same bytes');
}

// A column file of 1 GB, made on the spot of the real corpora (each sentence made unique by a running number), through the reader and through
// `cognate convert`, `convert --dedup` and `debug data`: MB/s and peak memory, beside Python's plain loop over the lines of the same file.
//   pnpm --filter @cognate/benchmarks corpora-large [MEGABYTES [ROUNDS]]
import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolder } from './corpus.js';
import { interleave, markdownTable, median, medianOf, type Contender, type Run } from './measure.js';

const [megabytes = '1000', rounds = '1'] = process.argv.slice(2);
const file = join(tmpdir(), `cognate-bench-${process.pid}.bio`);
const output = join(tmpdir(), `cognate-bench-${process.pid}.jsonl`);
const program = fileURLToPath(new URL('../../apps/demo-cli/bin/cognate.js', import.meta.url));
const python = `
import resource, sys, json, time
started = time.time()
lines = 0
for line in open(sys.argv[1], encoding="utf-8"):
    lines += 1
print(json.dumps({"seconds": time.time() - started, "peakKb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
`;

/** The built program, timed from outside: it prints for people. */
const cognate = (name: string, args: readonly string[]): Contender => ({
  name,
  module: './contenders/run-program.ts',
  args: [program, ...args],
});

try {
  const sentences = await makeFile(1e6 * Number(megabytes));
  const mb = statSync(file).size / 1e6;
  const runs = await interleave(
    [
      { name: 'Python, for line in file', program: 'python3', module: '-c', args: [python, file] },
      { name: 'readCorpus', module: './contenders/read-corpus.ts', built: true, args: [file] },
      cognate('cognate convert', ['convert', file, output, '--force']),
      cognate('cognate convert --dedup', ['convert', file, output, '--dedup', '--force']),
      cognate('cognate debug data', ['debug', 'data', file, '--json']),
    ],
    Number(rounds),
  );
  console.log(`${mb.toFixed(0)} MB, ${sentences} sentences, medians of ${rounds} interleaved runs\n`);
  console.log(
    markdownTable(
      ['', 'seconds', 'MB/s', 'peak MB (whole process)'],
      [...runs].map(([name, of]) => [
        name,
        medianOf(of, 'seconds').toFixed(1),
        (mb / medianOf(of, 'seconds')).toFixed(0),
        median(of.map(peakOf)).toFixed(0),
      ]),
    ),
  );
} finally {
  rmSync(file, { force: true });
  rmSync(output, { force: true });
}

/** Of the program that a contender started, if it did. */
function peakOf({ figures, peakMb }: Run): number {
  return Object.hasOwn(figures, 'programPeakKb') ? (figures.programPeakKb * 1024) / 1e6 : peakMb;
}

/** Writes all sentences of the training files over and over until there are so many bytes. */
async function makeFile(bytes: number): Promise<number> {
  const texts = readdirSync(join(dataFolder(), 'gl'))
    .filter((name) => /^(source|train)/.test(name))
    .map((name) => readFileSync(join(dataFolder(), 'gl', name), 'utf8'));
  const blocks = texts.flatMap((text) => text.split(/\n\s*\n/)).filter((block) => block.trim() !== '');
  const stream = createWriteStream(file);
  let [written, number] = [0, 0];
  while (written < bytes) {
    let piece = '';
    for (let i = 0; i < 1000; i++) {
      const block = blocks[number % blocks.length].trimEnd();
      piece += `${number++}\tO\n${block}\n\n`;
    }
    written += Buffer.byteLength(piece);
    if (!stream.write(piece)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return number;
}

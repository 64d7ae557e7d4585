import { loadTagger } from '@cognate/tagger/node';
import { Command, InvalidArgumentError } from 'commander';
import { Failure } from '../failure.js';
import { requireModel } from '../model-option.js';
import { defaultLimits } from '../server/limits.js';
import { TagServer } from '../server/tag-server.js';
import { describeError } from '../terminal/describe-error.js';

interface ServeFlags {
  readonly model: string;
  readonly port: number;
  readonly host: string;
  readonly maxBody: number;
  readonly maxSentence: number;
  readonly timeout: number;
  readonly maxRequests: number;
}

const help = `
POST /tag     {"text": ...} or {"tokens": [...]}, with "language" if need be, is answered by {"entities": [...]};
              {"inputs": [...]} of such objects or plain texts by {"results": [...]}; text/plain is a text.
              A language that the model has not seen is served by a relative that it has, if there is one.
              "format": "transformers" gives entities as transformers.js does.
GET /health   whether it runs, and what the model is
GET /metrics  counters and times for Prometheus

What cannot be served gets its status and {"error": ...}: 400, 404, 405, 408, 413, 415, 431, 500, 503.
SIGTERM or Ctrl-C answers what is under way and ends; a second one ends at once.

Examples:
  cognate serve --model model
  curl localhost:8080/tag --json '{"text": "Rosalía naceu en Santiago."}'
  cognate serve --model model --host 0.0.0.0 --port 80 --max-body 100000 --timeout 2`;

export function serveCommand(): Command {
  return requireModel(new Command('serve').description('Serve a model over HTTP.'))
    .option('-p, --port <n>', 'port; 0 takes a free one', wholeNumber(0, 65_535), 8080)
    .option('--host <address>', 'address to listen at; 0.0.0.0 is everywhere', '127.0.0.1')
    .option('--max-body <bytes>', 'largest request', wholeNumber(1, 2 ** 30), defaultLimits.bodyBytes)
    .option(
      '--max-sentence <tokens>',
      'longest sentence',
      wholeNumber(1, 2 ** 20),
      defaultLimits.sentenceTokens,
    )
    .option('--timeout <seconds>', 'longest request', positive, defaultLimits.milliseconds / 1000)
    .option('--max-requests <n>', 'most requests at once', wholeNumber(1, 2 ** 20), defaultLimits.pending)
    .addHelpText('after', help)
    .action(run);
}

async function run(flags: ServeFlags): Promise<void> {
  const tagger = await loadTagger(flags.model);
  const limits = {
    bodyBytes: flags.maxBody,
    sentenceTokens: flags.maxSentence,
    milliseconds: Math.ceil(flags.timeout * 1000),
    pending: flags.maxRequests,
  };
  const server = new TagServer(tagger, limits, (error) =>
    process.stderr.write(`error: ${describeError(error)}\n`),
  );
  const { host, port } = await server.listen(flags.port, flags.host).catch((error: unknown) => {
    throw new Failure(`cannot listen at ${flags.host}:${flags.port}: ${describeError(error)}`);
  });
  const where = host.includes(':') ? `[${host}]` : host;
  process.stderr.write(`serving ${flags.model} at http://${where}:${port}/tag\n`);
  const signal = await stopSignal();
  process.stderr.write(`${signal}: answering what is under way\n`);
  await server.close();
}

/** The first SIGTERM or SIGINT; the next one does what it does by default, which is to end the program. */
function stopSignal(): Promise<NodeJS.Signals> {
  const signals = ['SIGTERM', 'SIGINT'] as const;
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      for (const each of signals) process.off(each, stop);
      resolve(signal);
    };
    for (const each of signals) process.on(each, stop);
  });
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('expected a number above 0.');
}

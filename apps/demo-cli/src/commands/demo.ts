import type { Sentence } from '@cognate/corpora';
import { sampleCorpus, sampleInfo, type SampleInfo } from '@cognate/corpora/samples';
import { evaluate, type Scores } from '@cognate/eval';
import type { LanguageData, LinearRecipe, NeuralRecipe } from '@cognate/experiments';
import type { Tagger } from '@cognate/tagger';
import { languageInfo } from '@cognate/text';
import { Command, InvalidArgumentError } from 'commander';
import { readRecipeConfig } from '../config/read-recipe-config.js';
import { palette, type Palette } from '../terminal/colour.js';
import { markEntities } from '../terminal/entities.js';
import { percent, table } from '../terminal/table.js';
import { fitLinear } from '../training/fit-linear.js';
import { createMonitor } from '../training/monitor.js';

const targetLanguage = 'gl';
const relatives = ['es', 'ca', 'it', 'fr', 'ro'];
const hundred = 100;
const perRelative = 600;
/** Enough for the samples; the demo is to be short. */
const iterations = 60;

/** Sentences of nobody's corpus, to see the tagger at work. */
const sentences = [
  'Xoana Pereira viaxou de Vigo a Lisboa para visitar a Universidade de Coímbra.',
  'O Concello de Ourense e Mateo Lourido asinaron onte o acordo en Portugal.',
];

const help = `
Everything that it reads comes with the program: generated sample sentences, no network.
The scores say that relatives help; how good a tagger gets on real text, real corpora tell.

Examples:
  cognate demo
  cognate demo --json > scores.json`;

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'See it work: a hundred Galician sentences alone, then with related languages; a linear model and a neural one.',
    )
    .option(
      '--threads <n>',
      'threads of the neural model (default 2 where there are as many cores)',
      (text) => {
        if (/^[1-9]\d*$/.test(text)) return Number(text);
        throw new InvalidArgumentError('expected a whole number above 0.');
      },
    )
    .option('--json', 'the scores as JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run({ json, threads }: { json?: boolean; threads?: number }): Promise<void> {
  const target = {
    language: targetLanguage,
    sentences: (await sampleCorpus(targetLanguage, 'train')).slice(0, hundred),
  };
  const test = await sampleCorpus(targetLanguage, 'test');
  const sources = await Promise.all(
    relatives.map(async (language) => ({
      language,
      sentences: (await sampleCorpus(language, 'train')).slice(0, perRelative),
    })),
  );
  const paint = palette(process.stdout);
  if (json !== true) process.stdout.write(`${introduction(await sampleInfo(targetLanguage), paint)}\n\n`);

  const results: DemoResult[] = [];
  for (const helpers of [[], sources.slice(0, 1), sources]) {
    results.push(await linearRun(target, helpers, test, `run ${results.length + 1} of 5`));
  }
  for (const helpers of [[], sources]) {
    results.push(await neuralRun(target, helpers, test, `run ${results.length + 1} of 5`, threads));
  }
  process.stdout.write(json === true ? asJson(results) : `${report(results, paint)}\n`);
}

/** One row of the table, and its tagger. */
interface DemoResult {
  readonly model: 'linear' | 'neural';
  readonly sources: readonly string[];
  readonly scores: Pick<Scores, 'precision' | 'recall' | 'f1'>;
  readonly trainSeconds: number;
  readonly tagger: Tagger;
}

async function linearRun(
  target: LanguageData,
  sources: readonly LanguageData[],
  test: readonly Sentence[],
  title: string,
): Promise<DemoResult> {
  const recipe = readRecipeConfig('linear', () => [`params.max_iterations=${iterations}`]) as LinearRecipe;
  const sentences = [target, ...sources].flatMap((data) => data.sentences);
  const started = performance.now();
  const hasSources = sources.length > 0;
  const monitor = createMonitor({ title, onlyBar: true });
  const { tagger } = await fitLinear({ sentences, language: targetLanguage, hasSources, recipe, monitor });
  return result('linear', tagger, sources, test, started);
}

async function neuralRun(
  target: LanguageData,
  sources: readonly LanguageData[],
  test: readonly Sentence[],
  title: string,
  threads: number | undefined,
): Promise<DemoResult> {
  const recipe = readRecipeConfig('fast', () => []) as NeuralRecipe;
  // Chooses the epoch whose weights are kept.
  const dev = (await sampleCorpus(targetLanguage, 'dev')).slice(0, hundred);
  const started = performance.now();
  const { fitNeural } = await import('../training/fit-neural.js');
  const monitor = createMonitor({ title, onlyBar: true });
  const { tagger } = await fitNeural({ target, sources, dev, recipe, seed: 1, threads, monitor });
  return result('neural', tagger, sources, test, started);
}

function result(
  model: DemoResult['model'],
  tagger: Tagger,
  sources: readonly LanguageData[],
  test: readonly Sentence[],
  started: number,
): DemoResult {
  const trainSeconds = (performance.now() - started) / 1000;
  const { micro } = evaluate(
    test.map(({ tags = [] }) => tags),
    test.map(({ tokens }) => tagger.predictTags(tokens)),
    { scheme: 'IOB2' },
  );
  const { precision, recall, f1 } = micro;
  return {
    model,
    sources: sources.map(({ language }) => language),
    scores: { precision, recall, f1 },
    trainSeconds,
    tagger,
  };
}

function introduction(sample: SampleInfo, paint: Palette): string {
  const { kind } = sample;
  return [
    paint.bold('A named-entity tagger for a language with 100 annotated sentences'),
    `Target: ${languageInfo(targetLanguage).name}, ${hundred} sentences; judged on ${sample.splits.test.sentences} others with other names and other patterns.`,
    `Relatives: ${relatives.map((code) => languageInfo(code).name).join(', ')}, ${perRelative} sentences each.`,
    `Data: ${kind}s that come with the program, made from public name lists; no measure of quality on real text.`,
  ].join('\n');
}

function report(results: readonly DemoResult[], paint: Palette): string {
  const rows = results.map(({ model, sources, scores, trainSeconds }) => [
    model,
    `${hundred} ${languageInfo(targetLanguage).name}${nameSources(sources)}`,
    ...[scores.precision, scores.recall, scores.f1].map(percent),
    trainSeconds.toFixed(1),
  ]);
  const best = results.reduce((a, b) => (b.scores.f1 > a.scores.f1 ? b : a));
  const tagged = sentences.map((text) => `  ${markEntities(text, best.tagger.tag(text), paint)}`);
  return [
    table({ head: ['model', 'trained on', 'precision', 'recall', 'F1', 'seconds'], rows, palette: paint }),
    '',
    `The best of these taggers at work (${best.model}${nameSources(best.sources)}):`,
    ...tagged,
    '',
    'Next: cognate train --help (your own language), cognate info (languages and formats).',
  ].join('\n');
}

const nameSources = (codes: readonly string[]): string =>
  codes.length > 1
    ? ` + ${codes.length} relatives`
    : codes.map((code) => ` + ${languageInfo(code).name}`).join('');

function asJson(results: readonly DemoResult[]): string {
  const plain = results.map((row) => ({ ...row, tagger: undefined }));
  return `${JSON.stringify(plain, undefined, 2)}\n`;
}

import { sampleCorpus, sampleInfo, type SampleInfo } from '@cognate/corpora/samples';
import { runTransfer, type LanguageData, type TransferResult } from '@cognate/experiments';
import { defaultParams } from '@cognate/tagger';
import { languageInfo } from '@cognate/text';
import { Command } from 'commander';
import { interruptible } from '../interruptible.js';
import { palette, type Palette } from '../terminal/colour.js';
import { markEntities } from '../terminal/entities.js';
import { progress } from '../terminal/progress.js';
import { percent, table } from '../terminal/table.js';

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
The scores say that relatives help; how good a tagger gets on real text, real corpora tell.`;

export function demoCommand(): Command {
  return new Command('demo')
    .description('See it work: a hundred Galician sentences alone, then with the help of related languages.')
    .option('--json', 'the scores as JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run({ json }: { json?: boolean }): Promise<void> {
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
  const runs: readonly (readonly LanguageData[])[] = [[], sources.slice(0, 1), sources];
  const paint = palette(process.stdout);
  if (json !== true) process.stdout.write(`${introduction(await sampleInfo(targetLanguage), paint)}\n\n`);

  const results: TransferResult[] = [];
  for (const [index, helpers] of runs.entries()) {
    const bar = progress(`run ${index + 1} of ${runs.length}`);
    try {
      const result = await interruptible((signal) =>
        runTransfer({
          target,
          sources: helpers,
          test,
          training: {
            params: { ...defaultParams, max_iterations: iterations },
            signal,
            onEvent: (event) => {
              if (event.type === 'iteration')
                bar.update(event.iteration, iterations, `iteration ${event.iteration}`);
            },
          },
        }),
      );
      results.push(result);
    } finally {
      bar.stop();
    }
  }
  process.stdout.write(json === true ? asJson(results) : `${report(results, paint)}\n`);
}

function introduction(sample: SampleInfo, paint: Palette): string {
  const { kind } = sample;
  return [
    paint.bold('A named-entity tagger for a language with 100 annotated sentences'),
    `Target: ${languageInfo(targetLanguage).name}, ${hundred} sentences; judged on ${sample.splits.test.sentences} others with other names and other patterns.`,
    `Relatives: ${perRelative} sentences each.`,
    `Data: ${kind}s that come with the program, made from public name lists; no measure of quality on real text.`,
  ].join('\n');
}

function report(results: readonly TransferResult[], paint: Palette): string {
  const rows = results.map(({ sources, scores, trainSeconds }) => [
    `${hundred} ${languageInfo(targetLanguage).name}${sources.map(({ language }) => ` + ${languageInfo(language).name}`).join('')}`,
    ...[scores.precision, scores.recall, scores.f1].map(percent),
    trainSeconds.toFixed(1),
  ]);
  const { tagger } = results[results.length - 1];
  const tagged = sentences.map((text) => `  ${markEntities(text, tagger.tag(text), paint)}`);
  return [
    table({ head: ['trained on', 'precision', 'recall', 'F1', 'seconds'], rows, palette: paint }),
    '',
    'The last of these taggers at work:',
    ...tagged,
    '',
    'Next: cognate train --help (your own language), cognate info (languages and formats).',
  ].join('\n');
}

function asJson(results: readonly TransferResult[]): string {
  const plain = results.map((result) => ({ ...result, tagger: undefined }));
  return `${JSON.stringify(plain, undefined, 2)}\n`;
}

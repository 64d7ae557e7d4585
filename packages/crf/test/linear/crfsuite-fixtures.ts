import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sequence } from '../../src/index.js';

/** Models, logs and taggings by CRFsuite 0.12.2 on toy data; params.json has the settings of each run. */
const folder = new URL('../fixtures/crfsuite/', import.meta.url);

export const fixtureBytes = (name: string): Uint8Array => readFileSync(fileURLToPath(new URL(name, folder)));
const fixtureText = (name: string): string => new TextDecoder().decode(fixtureBytes(name));

export const runs = JSON.parse(fixtureText('params.json')) as Record<
  string,
  { algorithm: string; params: Record<string, number> }
>;
export const lbfgsRuns = Object.keys(runs).filter((run) => runs[run].algorithm === 'lbfgs');
export const onlineRuns = Object.keys(runs).filter((run) => runs[run].algorithm !== 'lbfgs');

/** A CRFsuite data file: `label<TAB>attribute[:value]...`, with `\:` and `\\` for the characters themselves. */
export function readSequences(name: string): Sequence[] {
  return fixtureText(name)
    .split('\n\n')
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.split('\n').filter((line) => line !== '');
      return {
        tags: lines.map((line) => line.split('\t')[0]),
        attributes: lines.map((line) => new Map(line.split('\t').slice(1).map(readAttribute))),
      };
    });
}

function readAttribute(field: string): [string, number] {
  let name = '';
  for (let i = 0; i < field.length; i++) {
    if (field[i] === '\\') name += field[++i];
    else if (field[i] === ':') return [name, Number(field.slice(i + 1))];
    else name += field[i];
  }
  return [name, 1];
}

export interface Tagging {
  score: number;
  logPartition: number;
  probability: number;
  predicted: string[];
  /** One object a token: the probability of each label. */
  marginals: Record<string, number>[];
}

/** What `crfsuite tag -r -p -l` printed. */
export function readTaggings(run: string): Tagging[] {
  return fixtureText(`${run}.tag`)
    .split('\n\n')
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const [scores, probability, ...tokens] = block.split('\n').filter((line) => line !== '');
      const [, score, logPartition] = scores.split('\t');
      return {
        score: Number(score),
        logPartition: Number(logPartition),
        probability: Number(probability.split('\t')[1]),
        predicted: tokens.map((line) => line.split('\t')[1]),
        marginals: tokens.map((line) =>
          Object.fromEntries(
            line
              .split('\t')
              .slice(2)
              .map((field) => {
                const colon = field.lastIndexOf(':');
                return [field.slice(0, colon), Number(field.slice(colon + 1))];
              }),
          ),
        ),
      };
    });
}

export interface TrainingLog {
  features: number;
  activeFeatures: number;
  losses: number[];
  featureNorms: number[];
  errorNorms: number[];
  steps: number[];
  trials: number[];
  /** Of `l2sgd`. */
  calibration: { eta: number; loss: number; worse: boolean }[];
  ended: string;
}

export function readLog(run: string): TrainingLog {
  const log = fixtureText(`${run}.log`);
  const numbers = (label: string) =>
    [...log.matchAll(new RegExp(`^${label}: ([\\d.]+)`, 'gm'))].map((match) => Number(match[1]));
  return {
    features: numbers('Number of features')[0],
    activeFeatures: numbers('Number of active features')[0],
    losses: numbers('Loss'),
    featureNorms: numbers('Feature (?:L2-)?norm'),
    errorNorms: numbers('Error norm'),
    steps: numbers('Line search step'),
    trials: numbers('Line search trials'),
    calibration: [...log.matchAll(/^Trial #\d+ \(eta = ([\d.]+)\): ([\d.]+)( \(worse\))?$/gm)].map(
      ([, eta, loss, worse]) => ({ eta: Number(eta), loss: Number(loss), worse: Boolean(worse) }),
    ),
    ended: /^L-BFGS (.*)$/m.exec(log.slice(log.lastIndexOf('Iteration #')))?.[1] ?? '',
  };
}

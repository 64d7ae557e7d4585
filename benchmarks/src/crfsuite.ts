import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { median } from './measure.js';

/** The parts of npm `crfsuite` (CRFsuite 0.12 compiled from its own source) that the benchmarks use. */
export interface Crfsuite {
  /** With `debug`, training writes its log to standard output. */
  Trainer: new (options?: { debug?: boolean }) => {
    append(attributes: string[][], tags: string[]): void;
    set_params(params: Record<string, string>): void;
    train(file: string): number;
  };
  Tagger: new () => {
    open(file: string): boolean;
    /** Its own type declaration says otherwise. */
    tag(attributes: string[][]): string[];
  };
}

const peers = fileURLToPath(new URL('../peers/', import.meta.url));

/** Loads the peer, installing it first where it is missing: that compiles it, and wants a C++ compiler and Python. */
export function loadCrfsuite(): Crfsuite {
  if (!existsSync(`${peers}node_modules/crfsuite`)) {
    process.stderr.write('installing the peers (compiles CRFsuite) ...\n');
    execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--silent'], {
      cwd: peers,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  }
  return createRequire(`${peers}package.json`)('crfsuite') as Crfsuite;
}

/** What CRFsuite's training log tells. An iteration may evaluate the loss more than once. */
export function readTrainingLog(log: string): Record<string, number> {
  const numbers = (pattern: RegExp): number[] => [...log.matchAll(pattern)].map((match) => Number(match[1]));
  const trials = numbers(/Line search trials: (\d+)/g);
  const seconds = numbers(/Seconds required for this iteration: ([\d.]+)/g);
  return {
    secondsAnEvaluation: median(seconds.map((time, index) => time / trials[index])),
    loss: numbers(/Loss: ([\d.]+)/g).at(-1) ?? NaN,
    features: numbers(/Number of features: (\d+)/g).at(-1) ?? NaN,
  };
}

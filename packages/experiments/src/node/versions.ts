import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };

const packages = ['tagger', 'nn', 'trainer', 'corpora', 'eval', 'text'];
const packagesBeneath = ['crf', 'char-encoder', 'tag-scheme'];

/** Versions of Node and of the packages that a run's figures depend on. */
export function versions(): Record<string, string> {
  const load = createRequire(import.meta.url);
  // What the tagger brings along is not this package's own.
  const beneath = createRequire(load.resolve('@cognate/tagger/package.json'));
  const versionOf = (from: NodeJS.Require, name: string): [string, string] => {
    const { version } = from(`@cognate/${name}/package.json`) as { version: string };
    return [`@cognate/${name}`, version];
  };
  return {
    node: process.versions.node,
    '@cognate/experiments': manifest.version,
    ...Object.fromEntries([
      ...packages.map((name) => versionOf(load, name)),
      ...packagesBeneath.map((name) => versionOf(beneath, name)),
    ]),
  };
}

/** What machine it is, as far as times and memory depend on it. */
export function machine(): Record<string, string | number> {
  return {
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
  };
}

import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

// Packages are tested from their sources: but for a few tests no build has to come first.
const source = ['@cognate/source'];
const conditions = [...source, 'module', 'node', 'development|production'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: source } },
};
const timeouts = { testTimeout: 60_000, hookTimeout: 600_000 };

/** Tests of packages that count what is held, replace globals or modules, or choose backends anew: each has modules and globals of its own. */
const alone = [
  'packages/nn/test/kernels/{select,measure}-kernels.test.ts',
  'packages/crf/test/linear/{tagging,simd-kernel,predict-all,model-file,crew}.test.ts',
  'packages/char-encoder/test/alphabet.test.ts',
  'packages/tagger/test/neural/files.test.ts',
];

/** Tests of what is built. */
const built = ['test/{command-line,crf-in-chromium,guides,pack-crf,playground,tag-jobs}.test.ts'];

export default defineConfig({
  ...shared,
  test: {
    // Left to itself, it keeps a processor free: of two that would be half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // The embedded samples and the WebAssembly modules are files that scripts write; see there.
    globalSetup: [
      'packages/corpora/scripts/ensure-generated.ts',
      'packages/crf/scripts/ensure-generated.ts',
      'packages/nn/scripts/ensure-generated.ts',
    ],
    projects: [
      {
        ...shared,
        test: {
          ...timeouts,
          name: 'packages',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: alone,
          // To load modules for each file anew would take a third of the time.
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          ...timeouts,
          name: 'rest',
          include: [
            ...alone,
            '{apps,examples}/*/test/**/*.test.ts',
            'benchmarks/test/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, ...built],
        },
      },
      {
        ...shared,
        test: { ...timeouts, name: 'built', include: built, globalSetup: 'test/build.ts' },
      },
    ],
  },
});

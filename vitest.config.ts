import { defineConfig } from 'vitest/config';

// Packages are tested from their sources: no build has to come first.
const conditions = ['@cognate/source'];

export default defineConfig({
  resolve: { conditions: [...conditions, 'module', 'node', 'development|production'] },
  ssr: {
    resolve: {
      conditions: [...conditions, 'module', 'node', 'development|production'],
      externalConditions: conditions,
    },
  },
  test: {
    include: [
      '{packages,apps,examples}/*/test/**/*.test.ts',
      'benchmarks/test/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // The embedded samples and the WebAssembly modules are files that scripts write; see there.
    globalSetup: [
      'packages/corpora/scripts/ensure-generated.ts',
      'packages/crf/scripts/ensure-generated.ts',
      'packages/nn/scripts/ensure-generated.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});

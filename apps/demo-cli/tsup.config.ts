import { defineConfig } from 'tsup';

export default defineConfig({
  // The second is started as a thread.
  entry: { main: 'src/main.ts', 'tag-thread': 'src/filter/tag-thread.ts' },
  format: ['esm'],
  target: 'es2022',
  sourcemap: true,
  clean: true,
});

import { runPnpm } from './programs.js';

/** Builds all packages, before the first of the tests that want them built, once for all: one that builds would take files from under another. */
export default function setup(): void {
  runPnpm(['exec', 'turbo', 'run', 'build']);
}

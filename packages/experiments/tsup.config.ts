import { library } from '../../tsup.base.js';

export default library(
  {
    index: 'src/index.ts',
    neural: 'src/neural.ts',
    node: 'src/node.ts',
    report: 'src/report.ts',
    'run-child': 'src/node/run-child.ts',
    'neural-worker': 'src/node/neural-worker.ts',
  },
  // import.meta.url, in CommonJS too.
  { shims: true },
);

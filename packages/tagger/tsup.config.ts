import { library } from '../../tsup.base.js';

export default library({
  index: 'src/index.ts',
  neural: 'src/neural/index.ts',
  ensemble: 'src/ensemble/index.ts',
  node: 'src/node.ts',
});

import { library } from '../../tsup.base.js';

export default library({ index: 'src/index.ts', node: 'src/node.ts', folder: 'src/folder.ts' });

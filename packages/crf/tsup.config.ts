import { library } from '../../tsup.base.js';

export default library({ index: 'src/index.ts', tfjs: 'src/tfjs/index.ts' });

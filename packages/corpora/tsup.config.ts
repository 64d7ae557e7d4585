import { cp } from 'node:fs/promises';
import { library } from '../../tsup.base.js';

export default library(
  { index: 'src/index.ts', node: 'src/node.ts', hub: 'src/hub.ts', 'samples/index': 'src/samples/index.ts' },
  {
    // The samples' data stay modules of their own, one copy for both module formats, loaded one language at a time.
    external: [/\/generated\/\w+\.sample\.js$/u],
    onSuccess: async () => {
      await cp('src/samples/generated', 'dist/samples/generated', {
        recursive: true,
        filter: (path) => !path.endsWith('.d.ts') && !/\/\.[^/]+$/u.test(path),
      });
    },
  },
);

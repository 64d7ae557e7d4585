import { join } from 'node:path';
import type { ExperimentData } from '../data/experiment-data.js';
import { sampleData } from '../data/samples.js';
import { GridError } from '../grid/errors.js';
import type { DataChoice } from '../grid/schema.js';
import { folderData } from './folder-data.js';
import { hubData, type HubAccess } from './hub-data.js';

/**
 * The corpora that a grid names. A folder that is not named is `bench` in that of the environment variable `COGNATE_DATA`.
 *
 * @throws GridError where no folder is named at all
 */
export function openData(choice: DataChoice, access: HubAccess = {}): ExperimentData {
  switch (choice.kind) {
    case 'samples':
      return sampleData();
    case 'hub':
      return hubData(choice, access);
    case 'folder':
      return folderData(choice.folder ?? defaultFolder());
  }
}

function defaultFolder(): string {
  const { COGNATE_DATA: folder } = process.env;
  if (folder !== undefined && folder !== '') return join(folder, 'bench');
  throw new GridError(
    'expected a folder of corpora: name one, or set COGNATE_DATA to a folder that has them in "bench"; the embedded samples are there without',
  );
}

export { folderStore, type FolderStoreOptions } from './node/folder-store.js';
export type { CheckpointStore, StoredCheckpoint } from './checkpoint/store.js';

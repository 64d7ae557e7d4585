export { folderStore, type FolderStoreOptions } from './node/folder-store.js';

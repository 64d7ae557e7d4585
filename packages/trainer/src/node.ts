export { folderStore, type FolderStoreOptions } from './node/folder-store.js';
export { serveModel, type ModelStart } from './node/serve-model.js';
export { threadTeam, type ThreadTeamOptions } from './node/thread-team.js';

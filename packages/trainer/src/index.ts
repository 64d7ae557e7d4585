export { memoryStore, type CheckpointStore, type StoredCheckpoint } from './checkpoint/store.js';

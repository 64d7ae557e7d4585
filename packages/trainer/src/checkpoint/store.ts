/** A checkpoint that a store holds. */
export interface StoredCheckpoint {
  /** Where it is, for messages: a path, a key. */
  readonly name: string;
  read(): Promise<Uint8Array>;
}

/**
 * Keeps the checkpoints of one run: a folder (`folderStore` of `@cognate/trainer/node`), a data base, a bucket. What it is
 * given carries its own checksum, and a damaged one is passed over for the one before: a store need not look inside.
 */
export interface CheckpointStore {
  /**
   * Stores a checkpoint as the newest. Resolves when it would outlast a crash of the machine; until then the one before has
   * to be there still. Is not called again before it has resolved. `bytes` are the store's to keep.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** What is there, the newest first. Half-written ones need not be listed, but may. */
  list(): Promise<readonly StoredCheckpoint[]>;
}

/** Keeps the last two checkpoints in memory: for tests, and to go on within one process. */
export function memoryStore(): CheckpointStore {
  let newest: StoredCheckpoint[] = [];
  let written = 0;
  return {
    write(bytes) {
      const name = `checkpoint ${++written}`;
      newest = [{ name, read: () => Promise.resolve(bytes) }, ...newest.slice(0, 1)];
      return Promise.resolve();
    },
    list: () => Promise.resolve(newest),
  };
}

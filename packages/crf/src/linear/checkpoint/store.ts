/** A checkpoint that a store holds. */
export interface StoredCheckpoint {
  /** Where it is, for messages: a path, a key. */
  readonly name: string;
  read(): Promise<Uint8Array>;
}

/**
 * Keeps the checkpoints of one training: a folder (`folderStore` of `@cognate/trainer/folder` is one), a data base, a bucket. What it is
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

/** When to store the state of a training. An abort stores it in any case. */
export interface CheckpointOptions {
  readonly store: CheckpointStore;
  /**
   * So many seconds after the last one, at least 0: `lbfgs` after the iteration that is being made, the others after the sequence.
   * Default 60, unless `everyIterations` is told.
   */
  readonly everySeconds?: number | undefined;
  /** After so many iterations or epochs, at least 1. */
  readonly everyIterations?: number | undefined;
  /**
   * What to do with a checkpoint that the store has: `auto`, go on from the newest whole one, or begin if there is none at all;
   * `must`, go on, or reject if there is none; `never`, begin. Default `auto`.
   */
  readonly resume?: 'auto' | 'must' | 'never' | undefined;
}

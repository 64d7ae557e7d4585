import { CheckpointError } from '../errors.js';
import type { CheckpointSettings } from '../settings.js';
import { decodeCheckpoint } from './file.js';
import { compareFingerprints, type Fingerprint } from './fingerprint.js';
import type { StoredCheckpoint } from './store.js';
import { unflatten, type Progress, type RunArrays } from './run-state.js';

/** A checkpoint that a run goes on from. */
export interface Found {
  readonly checkpoint: string;
  readonly progress: Progress;
  readonly arrays: RunArrays;
  /** Newer ones that cannot be used. */
  readonly damaged: readonly { readonly checkpoint: string; readonly problem: string }[];
}

/**
 * The newest whole checkpoint of a store; undefined if the run is to begin.
 *
 * @throws CheckpointError if there are checkpoints, but no whole one; if the newest whole one is of another run; if there has to be
 * one and is none.
 */
export async function findCheckpoint(
  { store, resume }: CheckpointSettings,
  now: Fingerprint,
): Promise<Found | undefined> {
  if (resume === 'never') return undefined;
  const damaged: { checkpoint: string; problem: string }[] = [];
  for (const stored of await store.list()) {
    const content = await readWhole(stored);
    if (typeof content === 'string') {
      damaged.push({ checkpoint: stored.name, problem: content });
      continue;
    }
    const { run, progress } = content.state as { run: Fingerprint; progress: Progress };
    compareFingerprints(stored.name, run, now);
    return { checkpoint: stored.name, progress, arrays: unflatten(content.arrays), damaged };
  }
  if (damaged.length > 0) {
    const list = damaged.map(({ checkpoint, problem }) => `${checkpoint}: ${problem}`).join('; ');
    throw new CheckpointError(
      `expected a whole checkpoint, got ${list}; to begin anew, give options.checkpoints.resume as 'never'`,
    );
  }
  if (resume === 'must') {
    throw new CheckpointError("options.checkpoints.resume is 'must': expected a checkpoint, got none at all");
  }
  return undefined;
}

/** The content of a checkpoint, or what is wrong with it. */
async function readWhole(
  stored: StoredCheckpoint,
): Promise<Awaited<ReturnType<typeof decodeCheckpoint>> | string> {
  const bytes = await stored.read();
  try {
    return await decodeCheckpoint(bytes);
  } catch (error) {
    if (error instanceof CheckpointError) return error.message;
    throw error;
  }
}

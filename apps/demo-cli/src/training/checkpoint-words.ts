import { Failure } from '../failure.js';
import type { CheckpointPlace } from './plan.js';

/**
 * What an interrupted training says: where it stands, and how to go on.
 *
 * @param stored where its checkpoint is; undefined: nowhere
 */
export function wayOn(
  where: string,
  stored: CheckpointPlace | undefined,
  resume: string | undefined,
): string {
  if (!stored) return `${where}; nothing was written`;
  const how =
    resume === undefined ? 'the same command goes on from there' : `To go on from there:\n  ${resume}`;
  return `${where}. The checkpoint is in ${stored.folder}. ${how}`;
}

/** The packages say how to begin anew with their options; here a flag does. */
export function inWordsOfTheProgram(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'CheckpointError') return error;
  const [problem] = error.message.split('; to begin anew');
  return new Failure(`${problem}; --fresh begins anew`);
}

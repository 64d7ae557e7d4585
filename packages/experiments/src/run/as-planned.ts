import type { PlannedRun } from '../grid/setting.js';
import type { RunRecord } from './record.js';

/**
 * The record of a run as a grid calls it: one that was made for another grid, or before this one changed, may call all of the target's sentences by
 * their number, or such a number `full`. None where there is none.
 */
export const asPlanned = (
  record: RunRecord | undefined,
  { sizeName }: Pick<PlannedRun, 'sizeName'>,
): RunRecord[] => (record === undefined ? [] : [{ ...record, sizeName }]);

import {
  runTransfer,
  transferModes,
  type TransferMode,
  type TransferResult,
  type TransferSetting,
} from './transfer.js';

/** Runs that differ in what is listed here: every combination of a mode, a size and a seed. */
export interface TransferGrid {
  /** What the runs have in common. */
  readonly setting: Omit<TransferSetting, 'mode' | 'targetSize' | 'seed'>;
  /** Default `alone` and `augmented`. */
  readonly modes?: readonly TransferMode[] | undefined;
  /** Sentences of the target. Default: all of them, once. */
  readonly targetSizes?: readonly number[] | undefined;
  /** One run each. Default: one run without a seed, on the first sentences. */
  readonly seeds?: readonly number[] | undefined;
}

/** The settings of a grid, in the order of the runs: by size, then mode, then seed. */
export function gridSettings(grid: TransferGrid): TransferSetting[] {
  const { setting, modes = ['alone', 'augmented'] } = grid;
  const wrong = modes.find((mode) => !transferModes.includes(mode));
  if (wrong !== undefined)
    throw new RangeError(`expected modes among ${transferModes.join(', ')}, got ${JSON.stringify(wrong)}`);
  const sizes = grid.targetSizes ?? [undefined];
  const seeds = grid.seeds ?? [undefined];
  return sizes.flatMap((targetSize) =>
    modes.flatMap((mode) => seeds.map((seed) => ({ ...setting, mode, targetSize, seed }))),
  );
}

/** Does the runs of a grid one after the other, and gives each result as it is there. */
export async function* runTransferGrid(grid: TransferGrid): AsyncGenerator<TransferResult, void, undefined> {
  for (const setting of gridSettings(grid)) yield await runTransfer(setting);
}

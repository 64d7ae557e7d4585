import type { RunRecord } from '../run/record.js';
import { sampleDigest, type Split } from './cells.js';
import type { Unit } from './run-bootstrap.js';

/** A run's counts, and what tells it from other runs of its setting. */
export interface JudgedRun {
  readonly counts: readonly number[];
  readonly seed: number;
  readonly draw: string;
}

export const judgedRuns = (records: readonly RunRecord[], split: Split): JudgedRun[] =>
  records.flatMap((record) => {
    const { setting, [split]: result } = record;
    const draw = `${setting.draw} ${sampleDigest(setting) ?? ''}`;
    return result ? [{ counts: result.counts, seed: setting.seed, draw }] : [];
  });

/** Runs on other sentences of the target differ for another reason than the one that is asked for. */
export function onSameDraws(
  one: readonly JudgedRun[],
  other: readonly JudgedRun[],
): readonly [JudgedRun[], JudgedRun[]] {
  const common = (side: readonly JudgedRun[], against: readonly JudgedRun[]): JudgedRun[] =>
    side.filter(({ draw }) => against.some((run) => run.draw === draw));
  return [common(one, other), common(other, one)];
}

/**
 * What the bootstrap draws of two sides with the same draws, and whether in pairs. Where there are several draws of the target's sentences, these, each with all of
 * its runs: runs on the same sentences are no independent ones. Else runs, in pairs where both sides have the same seeds.
 */
export function drawnUnits(
  one: readonly JudgedRun[],
  other: readonly JudgedRun[],
): readonly [Unit[], Unit[], boolean] {
  const several = new Set(one.map(({ draw }) => draw)).size > 1;
  const [a, b] = [one, other].map((side) => {
    const units = new Map<string, JudgedRun['counts'][]>();
    for (const { counts, draw, seed } of side) {
      const key = several ? draw : String(seed);
      units.set(key, [...(units.get(key) ?? []), counts]);
    }
    return units;
  });
  const keys = [...a.keys()];
  const paired = a.size === b.size && keys.every((key) => b.has(key));
  return [[...a.values()], paired ? keys.map((key) => b.get(key) ?? []) : [...b.values()], paired];
}

import { subsample, type Sentence } from '@cognate/corpora';
import type { ExperimentData, ExperimentTarget } from './experiment-data.js';

/** Decides which sentences stay of a corpus that has more than a limit: the same ones in every run. */
const limitSeed = 13;

/** At most so many sentences, the same ones each time, in the order of the corpus. */
export function limited(sentences: Sentence[], limit: number | undefined): Sentence[] {
  return limit === undefined || sentences.length <= limit
    ? sentences
    : subsample(sentences, limit, limitSeed, { order: 'corpus' });
}

/** The sentences of the target that a run may draw from. At most so many: the first ones, which draw 0 starts with. */
export async function targetPool(
  data: ExperimentData,
  target: ExperimentTarget,
  limit: number | undefined,
): Promise<Sentence[]> {
  const all = await data.read(target, 'train');
  return limit === undefined ? all : all.slice(0, limit);
}

/** The sentences that a run is trained on: the named or first ones for draw 0, others at random; smaller draws are parts of larger ones. */
export async function drawTarget(
  data: ExperimentData,
  target: ExperimentTarget,
  { size, draw, limit }: { readonly size: number; readonly draw: number; readonly limit: number | undefined },
): Promise<Sentence[]> {
  const pool = await targetPool(data, target, limit);
  if (size >= pool.length) return pool;
  if (draw > 0) return subsample(pool, size, draw);
  return (await data.named?.(target, size)) ?? pool.slice(0, size);
}

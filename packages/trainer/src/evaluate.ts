import type { Breather } from './breathe.js';
import type { Development } from './data-check.js';
import { inPlace, TrainerError, shown } from './errors.js';
import type { TrainableModel } from './model.js';
import type { DevSettings } from './settings.js';

/** Decodes the development data in batches of like lengths, and scores it. */
export async function evaluateModel<Example>(
  model: TrainableModel<Example>,
  { examples, gold, lengths }: Development<Example>,
  { batchSize, score }: DevSettings,
  breather: Breather,
): Promise<number> {
  const order = [...examples.keys()].sort((a, b) => lengths[a] - lengths[b]);
  const predicted = new Array<readonly string[]>(examples.length);
  for (let start = 0; start < order.length; start += batchSize) {
    const batch = order.slice(start, start + batchSize);
    const where = `model.decode of data.dev, example${batch.length === 1 ? '' : 's'} ${batch.join(', ')}`;
    const tags: unknown = inPlace(where, () => model.decode(batch.map((i) => examples[i])));
    if (!Array.isArray(tags) || tags.length !== batch.length) {
      const got = Array.isArray(tags) ? `${tags.length} of them` : shown(tags);
      throw new TrainerError(
        `model.decode: expected an array of tags for each of ${batch.length} examples, got ${got}`,
      );
    }
    batch.forEach((example, i) => {
      const row: unknown = tags[i];
      if (!Array.isArray(row) || row.length !== lengths[example]) {
        const got = Array.isArray(row) ? String(row.length) : shown(row);
        throw new TrainerError(
          `model.decode: expected ${lengths[example]} tags for data.dev[${example}], got ${got}`,
        );
      }
      predicted[example] = row as string[];
    });
    await breather.breathe();
  }
  const value: unknown = score(gold, predicted);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TrainerError(`options.dev.score: expected a finite number, got ${shown(value)}`);
}

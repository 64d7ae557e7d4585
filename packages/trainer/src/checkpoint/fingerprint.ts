import type { ReadData } from '../data-check.js';
import { CheckpointError } from '../errors.js';
import type { TrainableModel } from '../model.js';
import type { PhaseSettings, Settings } from '../settings.js';

/** What has to be the same for a run to go on where another has stopped, by name, as JSON. */
export type Fingerprint = Readonly<Record<string, unknown>>;

/** Numbers of epochs, patience and threads are not in it: they may change. */
export function fingerprint<Example>(
  model: TrainableModel<Example>,
  { corpora, dev }: ReadData<Example>,
  settings: Settings,
): Fingerprint {
  const { seed, objective, batching, clipNorm, averageDecay, parts, joint, fineTune } = settings;
  return {
    'data.target and data.sources': corpora.map(({ name, mu, lengths }) => ({ name, mu, ...count(lengths) })),
    'data.dev': dev ? count(dev.lengths) : null,
    'model.parameters': Array.from(model.parameters, ({ name, shape }) => `${name} [${shape.join(', ')}]`),
    ...Object.fromEntries(
      Object.entries(model.description ?? {}).map(([name, value]) => [`model.description.${name}`, value]),
    ),
    'options.seed': seed,
    'options.objective': objective,
    'options.batches': { ...batching, tokens: Number.isFinite(batching.tokens) ? batching.tokens : null },
    'options.optimizer': describe(joint),
    'options.clipNorm': clipNorm ?? null,
    'options.average': averageDecay ?? null,
    'options.fineTune': fineTune ? describe(fineTune) : null,
    'options.parts': parts,
  };
}

/** @throws CheckpointError that names the first thing that differs. */
export function compareFingerprints(checkpoint: string, stored: Fingerprint, now: Fingerprint): void {
  // What only the stored one has counts, too.
  for (const name of new Set([...Object.keys(now), ...Object.keys(stored)])) {
    const value = now[name];
    if (inOrder(stored[name]) === inOrder(value)) continue;
    // A run may be fine-tuned that was not going to be.
    if (name === 'options.fineTune' && stored[name] === null) continue;
    const [was, is] = [stored[name], value].map(short);
    throw new CheckpointError(
      `${checkpoint}: expected a run with the same ${name}, ${is}, got ${was}; ` +
        "to begin anew, give options.checkpoints.resume as 'never' or another store",
    );
  }
}

/** As JSON, properties by their names: callers may give theirs in any order. */
function inOrder(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function count(lengths: Int32Array): { sentences: number; tokens: number } {
  return { sentences: lengths.length, tokens: lengths.reduce((sum, length) => sum + length, 0) };
}

function describe({ optimizer, decay, epochs }: PhaseSettings): unknown {
  // A linear decay falls towards the last epoch, so that it matters which that is.
  return { ...(optimizer.description as object), decay, epochs: decay.kind === 'linear' ? epochs : null };
}

function short(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? 'nothing' : json.length > 200 ? `${json.slice(0, 200)}…` : json;
}

import type { Run } from '../state/use-training.js';
import type { LabelScore } from '../training/train-model.js';
import { LossChart } from './loss-chart.js';
import { count, counted } from './numbers.js';

/** How far a run is, or what came of it. */
export function RunView({ run }: { readonly run: Run }) {
  const { settings, losses, features, threads, seconds, result, cancelled } = run;
  const over = result !== undefined || cancelled === true;
  return (
    <div class="run">
      {!over && (
        <progress max={settings.iterations} value={losses.length} aria-label="Iterations of the training" />
      )}
      <p role="status">
        {over
          ? `${cancelled ? 'Cancelled' : 'Done'} after ${counted(losses.length, 'iteration')}, ${(seconds ?? 0).toFixed(1)} s`
          : `Iteration ${count(losses.length)} of at most ${count(settings.iterations)}${timeLeft(run)}`}
        {losses.length > 0 && `; loss ${losses[losses.length - 1].toFixed(1)}`}
        {features !== undefined && `; ${counted(features, 'feature')}`}
        {threads !== undefined && threads > 1 && `, ${count(threads)} threads`}
      </p>
      <LossChart losses={losses} of={over ? losses.length : settings.iterations} />
      {result?.heldOut && <Scores {...result.heldOut} />}
    </div>
  );
}

function timeLeft({ losses, startedAt, settings }: Run): string {
  if (losses.length < 5) return '';
  const each = (performance.now() - startedAt) / losses.length;
  return `, ${String(Math.ceil((each * (settings.iterations - losses.length)) / 1000))} s left at most`;
}

function Scores({
  sentences,
  scores,
}: {
  readonly sentences: number;
  readonly scores: readonly LabelScore[];
}) {
  const shown = (share: number) => (100 * share).toFixed(1);
  return (
    <table class="scores">
      <caption>On {counted(sentences, 'sentence')} that were kept from training</caption>
      <thead>
        <tr>
          <th scope="col">Label</th>
          <th scope="col">Precision</th>
          <th scope="col">Recall</th>
          <th scope="col">F1</th>
          <th scope="col">Entities</th>
        </tr>
      </thead>
      <tbody>
        {scores.map(({ label, precision, recall, f1, gold }) => (
          <tr key={label}>
            <th scope="row">{label || 'entity'}</th>
            <td>{shown(precision)}</td>
            <td>{shown(recall)}</td>
            <td>{shown(f1)}</td>
            <td>{count(gold)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

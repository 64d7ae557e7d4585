import type { NeuralRecipe } from '@cognate/experiments';
import type { EpochRecord, Place, TrainEvent } from '@cognate/trainer';
import type { Monitor } from './monitor.js';

/** What is known of a neural training beyond its result. */
export interface NeuralCourse {
  /** Where it was when it was aborted, after its checkpoint was stored. */
  aborted?: (Place & { readonly of: number }) | undefined;
  /** Whether a checkpoint was stored, now or by an earlier run. */
  stored: boolean;
}

/** Steps of an epoch are many: the log has about so many lines of them. */
const logged = 20;

/** Tells a monitor of each event of a neural training, and notes what the one who interrupts it will want to know. */
export function followNeural(
  recipe: NeuralRecipe,
  monitor: Monitor,
  course: NeuralCourse,
): (event: TrainEvent) => void {
  const { epochs, fineTune } = recipe.training;
  let best = '';
  let of = 0;
  // Of single batches it leaps: the mean of the epoch so far, as this process has seen it.
  let seen = { epoch: 0, loss: 0, sentences: 0 };
  return (event) => {
    if (event.type !== 'step' || event.step % Math.ceil(event.of / logged) === 0) monitor.log({ ...event });
    switch (event.type) {
      case 'run': {
        if (!event.resumed) break;
        course.stored = true;
        const { phase, epoch, step, checkpoint, damaged } = event.resumed;
        for (const other of damaged) monitor.say(`${other.checkpoint} is passed over: ${other.problem}`);
        monitor.say(`going on from ${checkpoint}: ${name(phase)}epoch ${epoch}, ${step} steps made`);
        break;
      }
      case 'step': {
        ({ of } = event);
        const before = seen.epoch === event.epoch ? seen : { loss: 0, sentences: 0 };
        seen = {
          epoch: event.epoch,
          loss: before.loss + event.loss,
          sentences: before.sentences + event.sentences,
        };
        const inPhase = event.phase === 'joint' ? epochs : (fineTune?.epochs ?? 0);
        monitor.status({
          done: (event.epoch - 1) * event.of + event.step,
          total: inPhase * event.of,
          words: `${name(event.phase)}epoch ${event.epoch} of ${inPhase}, loss ${(seen.loss / seen.sentences).toFixed(2)}${best}`,
          milestone: false,
        });
        break;
      }
      case 'epoch': {
        const inPhase = event.phase === 'joint' ? epochs : (fineTune?.epochs ?? 0);
        const dev = event.dev === undefined ? '' : `, dev F1 ${(100 * event.dev).toFixed(2)}`;
        if (event.best === true && dev !== '') best = `${dev}, best of epoch ${event.epoch}`;
        monitor.status({
          done: event.epoch * event.steps,
          total: inPhase * event.steps,
          words: `${name(event.phase)}epoch ${event.epoch} of ${inPhase}, loss ${lossOfSentence(event).toFixed(2)}${dev}${event.best === true ? ' (best)' : ''}`,
          milestone: true,
        });
        break;
      }
      case 'checkpoint':
        course.stored = true;
        break;
      case 'stop':
        if (event.reason === 'aborted') course.aborted = { ...event, of };
        if (event.reason === 'patience')
          monitor.say(`no better dev F1 for a while: ${name(event.phase)}training stops`);
        break;
    }
  };
}

const name = (phase: Place['phase']): string => (phase === 'joint' ? '' : 'fine-tuning, ');

/** A sentence's share of the loss, as it was seen, of all languages together. */
export function lossOfSentence({ languages }: Pick<EpochRecord, 'languages'>): number {
  const all = Object.values(languages);
  const sum = (field: 'loss' | 'sentences'): number => all.reduce((total, seen) => total + seen[field], 0);
  return sum('loss') / sum('sentences');
}

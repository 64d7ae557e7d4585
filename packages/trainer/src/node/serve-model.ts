import type { ParameterSetOptions } from '@cognate/nn';
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { TrainerError, shown } from '../errors.js';
import type { TrainableModel } from '../model.js';
import { computePart } from '../part.js';
import {
  planRoom,
  postable,
  type Answer,
  type PartAnswer,
  type RoomPlan,
  type ThreadStart,
  type Work,
} from './protocol.js';

/** What a model is built from on a thread. */
export interface ModelStart {
  /** To be given to `new ParameterSet(...)`: takes the values that all threads share in place of new ones. */
  readonly parameters: ParameterSetOptions;
  /** What was given to `threadTeam` as `data`. */
  readonly data: unknown;
}

/**
 * Makes a module one of a team's threads: to be called once in the module that `threadTeam` is told of. `build` gives the same
 * model as the one that is being trained, on the parameters that it gets, and chooses the backend of TensorFlow.js as any
 * program does.
 *
 * @throws TrainerError (as a rejection) where it is called elsewhere. What goes wrong in `build` rejects `train`.
 */
export async function serveModel<Example>(
  build: (start: ModelStart) => TrainableModel<Example> | Promise<TrainableModel<Example>>,
): Promise<void> {
  const start = workerData as Partial<ThreadStart> | null | undefined;
  if (isMainThread || !parentPort || start?.cognate !== 'trainer') {
    throw new TrainerError('serveModel: expected to be called on a thread that threadTeam() has started');
  }
  const port = parentPort;
  const { seed, values, rooms, data } = start as ThreadStart;
  const say = (answer: Answer, transfer: ArrayBuffer[] = []): void => port.postMessage(answer, transfer);
  try {
    const model = await build({ parameters: { attach: values }, data });
    checkAttached(model, values);
    listen(port, model, seed, rooms, say);
    say({ type: 'ready' });
  } catch (error) {
    say({ type: 'failed', error: postable(error) });
  }
}

function listen<Example>(
  port: MessagePort,
  model: TrainableModel<Example>,
  seed: number,
  rooms: ThreadStart['rooms'],
  say: (answer: Answer, transfer: ArrayBuffer[]) => void,
): void {
  const plan = planRoom(model.parameters);
  port.on('message', ({ jobs }: Work) => {
    // Other threads have changed the values since.
    model.parameters.touch();
    const transfer: ArrayBuffer[] = [];
    const parts = jobs.map(([part, job]): PartAnswer => {
      const result = computePart<Example>(model, job as Parameters<typeof computePart<Example>>[1], seed);
      if (!result.ok) return { part, ...result, error: postable(result.error) };
      const { losses, gradients } = result;
      store(gradients.dense, rooms.get(part), plan);
      for (const { rows, values } of gradients.sparse.values()) {
        transfer.push(rows.buffer as ArrayBuffer, values.buffer as ArrayBuffer);
      }
      return {
        part,
        ok: true,
        losses,
        loss: gradients.loss,
        dense: [...gradients.dense.keys()],
        sparse: gradients.sparse,
      };
    });
    say({ type: 'done', parts }, transfer);
  });
}

function store(
  dense: ReadonlyMap<string, Float32Array>,
  room: Float32Array | undefined,
  { places }: RoomPlan,
): void {
  for (const [name, gradient] of dense) room?.set(gradient, places.get(name)?.start);
}

function checkAttached<Example>(model: TrainableModel<Example>, values: ThreadStart['values']): void {
  const own = new Map(Array.from(model.parameters, (parameter) => [parameter.name, parameter.values]));
  for (const [name, shared] of values) {
    if (own.get(name)?.buffer === shared.buffer) continue;
    throw new TrainerError(
      `serveModel: expected a model on the parameters that it was given, new ParameterSet(start.parameters); ${shown(name)} is ` +
        (own.has(name) ? 'another array' : 'missing'),
    );
  }
  for (const name of own.keys()) {
    if (!values.has(name)) {
      throw new TrainerError(`serveModel: the model that is trained has no parameter ${shown(name)}`);
    }
  }
}

import type { ParameterSetOptions } from '@cognate/nn';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { TrainerError, shown } from '../errors.js';
import type { TrainableModel } from '../model.js';
import { computePart, type GradientRoom } from '../part.js';
import type { PartJob } from '../team.js';
import {
  fillRoom,
  planRoom,
  roomOf,
  postable,
  type Answer,
  type PartAnswer,
  type RoomPlan,
  type ThreadStart,
  type Work,
} from './protocol.js';
import { Share } from './shares.js';

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
  const given = start as ThreadStart;
  const say = (answer: Answer, transfer: ArrayBuffer[] = []): void => port.postMessage(answer, transfer);
  try {
    const model = await build({ parameters: { attach: given.values }, data: given.data });
    checkAttached(model, given.values);
    const server = new Server(model, given);
    port.on('message', (work: Work) => {
      void server.answer(work).then(
        ({ answer, transfer }) => say(answer, transfer),
        (error: unknown) => say({ type: 'failed', error: postable(error) }),
      );
    });
    say({ type: 'ready' });
  } catch (error) {
    say({ type: 'failed', error: postable(error) });
  }
}

interface Reply {
  readonly answer: Answer;
  /** Buffers that go along instead of being copied. */
  readonly transfer?: ArrayBuffer[];
}

/** Does what the main thread asks for. */
class Server<Example> {
  readonly #plan: RoomPlan;
  readonly #rooms: readonly GradientRoom[];
  #share: Share | undefined;

  constructor(
    private readonly model: TrainableModel<Example>,
    private readonly start: ThreadStart,
  ) {
    this.#plan = planRoom(model.parameters);
    this.#rooms = start.rooms.map((room) => roomOf(room, this.#plan));
  }

  async answer(work: Work): Promise<Reply> {
    const { parameters } = this.model;
    switch (work.type) {
      case 'compute':
        return this.#compute(work.jobs as readonly [number, PartJob<Example>][]);
      case 'optimizer':
        this.#share = new Share(
          this.start.share.map((name) => parameters.get(name)),
          work.start,
        );
        return { answer: { type: 'ready' } };
      case 'update':
        this.#share?.step(this.start.rooms, work.content, this.#plan, work.schedule);
        return { answer: { type: 'ready' } };
      case 'state': {
        const state = (await this.#share?.state()) ?? new Map<string, Float32Array>();
        return { answer: { type: 'state', state }, transfer: buffersOf(state.values()) };
      }
    }
  }

  #compute(jobs: readonly (readonly [number, PartJob<Example>])[]): Reply {
    // All threads have changed the values since.
    this.model.parameters.touch();
    const transfer: ArrayBuffer[] = [];
    const parts = jobs.map(([part, job]): PartAnswer => {
      const result = computePart(this.model, job, this.start.seed, this.#rooms[part]);
      if (!result.ok) return { part, ...result, error: postable(result.error) };
      const { losses, gradients } = result;
      const { loss, dense, sparse } = gradients;
      fillRoom(this.start.rooms[part], dense, this.#plan);
      for (const { rows, values } of sparse.values()) transfer.push(...buffersOf([rows, values]));
      return { part, ok: true, losses, loss, dense: [...dense.keys()], sparse };
    });
    return { answer: { type: 'done', parts }, transfer };
  }
}

function buffersOf(arrays: Iterable<Float32Array | Int32Array>): ArrayBuffer[] {
  return Array.from(arrays, ({ buffer }) => buffer as ArrayBuffer);
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

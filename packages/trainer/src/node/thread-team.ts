import type { ParameterSet } from '@cognate/nn';
import { readObject, readWhole, refuse } from '../checks.js';
import { TrainerError, shown } from '../errors.js';
import { computePart, type GradientRoom } from '../part.js';
import type { PartJob, PartResult, RunningTeam, TeamStart, ThreadTeam } from '../team.js';
import { LocalUpdater, type Updater, type UpdaterStart } from '../updater.js';
import { Patience } from './patience.js';
import { planRoom, roomOf, type PartAnswer, type RoomPlan, type ThreadStart } from './protocol.js';
import { SharedUpdater } from './shared-updater.js';
import { shareOut, viewsOf } from './shares.js';
import { askAll, isCloneError, Thread } from './thread.js';

export interface ThreadTeamOptions {
  /** How many, the calling one included; at least 2. */
  readonly threads: number;
  /** A module that calls `serveModel`: `new URL('./model-worker.js', import.meta.url)`. */
  readonly module: URL;
  /** Anything that can be cloned, for the function that builds the model. */
  readonly data?: unknown;
  /** Options of Node for the threads, such as `['--import', 'tsx']`; those of this process unless told. */
  readonly execArgv?: readonly string[] | undefined;
}

/**
 * Threads that share the work of every step: each computes the gradients of some parts of the batch, on values that all of them
 * share, into memory of its own that the calling thread reads. They are started by `train` and ended by it, however it ends.
 *
 * After an abort they have five seconds for each answer that the step still wants of them: those that are not done by then are terminated, whatever they do.
 *
 * The model that is trained has to have its values in shared memory: `new ParameterSet({ shared: true })`.
 *
 * @throws TrainerError for options that do not fit.
 */
export function threadTeam(options: ThreadTeamOptions): ThreadTeam {
  const given = readObject('threadTeam', options, ['threads', 'module', 'data', 'execArgv']);
  const threads = readWhole('threadTeam: threads', given.threads, 2);
  const { module, data } = options;
  const execArgv: unknown = options.execArgv;
  if (!((module as unknown) instanceof URL)) refuse('threadTeam: module', 'a URL', module);
  if (execArgv !== undefined && !isStrings(execArgv)) {
    return refuse('threadTeam: execArgv', 'an array of strings', execArgv);
  }
  return {
    threads,
    async start<Example>(start: TeamStart<Example>): Promise<RunningTeam<Example>> {
      start.signal?.throwIfAborted();
      checkShared(start.parameters);
      const plan = planRoom(start.parameters);
      const rooms = Array.from(
        { length: start.parts },
        () => new Float32Array(new SharedArrayBuffer(4 * plan.size)),
      );
      const owner = shareOut(start.parameters, threads);
      const team = new Team<Example>(start, plan, rooms, owner);
      try {
        for (let thread = 1; thread < threads; thread++) {
          const workerData: ThreadStart = {
            cognate: 'trainer',
            seed: start.seed,
            values: start.parameters.values(),
            rooms,
            share: [...owner].filter(([, one]) => one === thread).map(([name]) => name),
            data,
          };
          const name = `thread ${thread} of ${module.pathname.replace(/^.*\//, '')}`;
          team.add(new Thread(name, module, { workerData, ...(execArgv && { execArgv }) }));
        }
        await team.ready();
        return team;
      } catch (error) {
        await team.close();
        throw isCloneError(error)
          ? new TrainerError(`threadTeam: data: ${error.message}`, { cause: error })
          : error;
      }
    },
  };
}

class Team<Example> implements RunningTeam<Example> {
  readonly #threads: Thread[] = [];
  readonly #patience: Patience;
  readonly #rooms: readonly GradientRoom[];

  constructor(
    private readonly start: TeamStart<Example>,
    private readonly plan: RoomPlan,
    private readonly rooms: readonly Float32Array[],
    private readonly owner: ReadonlyMap<string, number>,
  ) {
    this.#patience = new Patience(start.signal);
    this.#rooms = rooms.map((room) => roomOf(room, plan));
  }

  add(thread: Thread): void {
    this.#threads.push(thread);
  }

  async ready(): Promise<void> {
    // Nothing is lost with a model that is not there yet.
    await this.#patience.of(Promise.all(this.#threads.map((thread) => thread.answer())), 0);
  }

  async compute(jobs: readonly PartJob<Example>[]): Promise<readonly PartResult[]> {
    const count = this.#threads.length + 1;
    const numbered = jobs.map((job, part) => [part, job] as const);
    const answers = askAll({ threads: this.#threads, patience: this.#patience }, (thread) => ({
      type: 'compute',
      jobs: numbered.filter(([part]) => part % count === thread),
    }));
    const results = new Array<PartResult>(jobs.length);
    for (const [part, job] of numbered) {
      if (part % count !== 0) continue;
      const result = computePart(this.start.model, job, this.start.seed, this.#rooms[part]);
      results[part] = result;
      // The run ends with this: no need to wait for what may take long.
      if (!result.ok) return results;
    }
    for (const answer of await answers) {
      if (answer.type !== 'done') continue;
      for (const part of answer.parts) results[part.part] = this.#read(part);
    }
    return results;
  }

  async updater(start: UpdaterStart): Promise<Updater> {
    const { parameters } = this.start;
    // Only what is plain data can be made anew on a thread.
    if (!start.plan.options) return new LocalUpdater(parameters, start, true);
    const { plan, rooms, owner } = this;
    const crew = { threads: this.#threads, patience: this.#patience, plan, rooms, owner };
    const updater = new SharedUpdater(parameters, start, crew);
    await updater.begin();
    return updater;
  }

  async close(): Promise<void> {
    this.#patience.end();
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #read(answer: PartAnswer): PartResult {
    if (!answer.ok) return answer;
    const { part, losses, loss, dense, sparse } = answer;
    const views = viewsOf(this.rooms[part], dense, this.plan);
    return { ok: true, losses, gradients: { loss, dense: views, sparse: new Map(sparse) } };
  }
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function checkShared(parameters: ParameterSet): void {
  for (const { name, values } of parameters) {
    if (values.buffer instanceof SharedArrayBuffer) continue;
    throw new TrainerError(
      'options.team: expected the values of model.parameters in shared memory, ' +
        `as new ParameterSet({ shared: true }) has them; ${shown(name)} is not`,
    );
  }
}

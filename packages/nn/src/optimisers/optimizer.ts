import type { Gradients } from '../gradients/types.js';
import { describe, type Parameter } from '../parameters/parameter.js';
import type { ParameterSet } from '../parameters/parameter-set.js';
import { attachSettler, detachSettler } from '../parameters/settling.js';
import type { Rule } from './rule.js';
import { Staging, type Rows } from './staging.js';

/** Arrays by name; what an optimiser needs to go on as if it had never stopped. */
export type OptimizerState = Map<string, Float32Array | Int32Array>;

/**
 * Changes parameters by their gradients. What it keeps goes by the parameters' names: sets that have a name in common need an optimiser
 * each.
 */
export interface Optimizer {
  readonly name: string;
  /** How many steps have been taken. */
  readonly steps: number;
  /**
   * One step. A parameter or a row of a table without a gradient is treated as if its gradient were 0, exactly, but at no cost:
   * what the step would do to it is put off until it is next read or changed.
   *
   * Throws a RangeError that names the parameter, and changes nothing, if a gradient doesn't fit, or if there was a step for other values
   * of that name.
   */
  step(parameters: ParameterSet, gradients: Gradients): void;
  /**
   * Does everything that has been put off. `embeddingLookup`, `tensor()` and `toSafetensors()` see to what they read; call
   * this before you read `values` yourself, or before another thread does. With ADADELTA and plain SGD values are always up to date.
   *
   * Throws a RangeError as {@link step} does for other values of the same name.
   */
  settle(parameters: ParameterSet): void;
  /**
   * A copy of all that the optimiser keeps. It belongs to the values as they are at that moment: call {@link settle} first and store both, or
   * what has been put off is done twice after reading the values has brought them up to date.
   */
  state(): OptimizerState;
  /** Goes on from a state that {@link state} gave, with the same bits, and with any values of the same names. */
  load(state: ReadonlyMap<string, Float32Array | Int32Array>): void;
}

/** What an optimiser keeps of one parameter. */
interface Memory {
  readonly slots: readonly Float32Array[];
  /** The number of the last step that each row has made; a dense parameter is one row. */
  readonly made: Int32Array;
}

/** A dense parameter is one row. */
const ONLY_ROW = Int32Array.of(0);

const STEPS = 'steps';
const MADE = 'made';

/** An optimiser from the arithmetic of one: sees to what belongs to which row, and which steps it has yet to make. */
export function createOptimizer(name: string, rule: Rule): Optimizer {
  let memories = new Map<string, Memory>();
  /** The values that each name has stood for: a state is saved by name, and must not be that of two. */
  const owners = new Map<string, Float32Array>();
  let steps = 0;

  /** Whether what is kept under the parameter's name is, or may become, this parameter's. */
  const owns = ({ name: key, values }: Parameter): boolean => (owners.get(key) ?? values) === values;

  /** Throws unless what is kept is of these parameters, or of none yet. */
  const checkParameters = (parameters: ParameterSet) => {
    for (const parameter of parameters) {
      if (!owns(parameter)) {
        throw new RangeError(
          `${describe(parameter)}: expected the values that this optimiser of ${name} has for that name, got those of another set; sets that have a name in common need an optimiser each`,
        );
      }
      checkMemory(parameter, memories.get(parameter.name));
    }
  };

  const own = (parameters: ParameterSet) => {
    for (const { name: key, values } of parameters) owners.set(key, values);
  };

  const memoryOf = (parameter: Parameter): Memory => {
    const { values } = parameter;
    const rows = rowsOf(parameter);
    let memory = memories.get(parameter.name);
    if (!memory) {
      memory = {
        slots: rule.slots.map(() => new Float32Array(values.length)),
        made: new Int32Array(rows),
      };
      memories.set(parameter.name, memory);
    }
    return memory;
  };

  /** Throws unless the gradients and the state fit the parameters. */
  const check = (parameters: ParameterSet, gradients: Gradients) => {
    const entries: [Parameter, Float32Array, Int32Array?][] = [];
    for (const [key, gradient] of gradients.dense) {
      const parameter = parameters.get(key);
      if (parameter.sparse) throw new RangeError(`${describe(parameter)}: expected a gradient by rows`);
      if (gradient.length !== parameter.values.length) {
        throw new RangeError(
          `${describe(parameter)}: expected a gradient of ${parameter.values.length} values, got ${gradient.length}`,
        );
      }
      entries.push([parameter, gradient]);
    }
    for (const [key, { rows, values }] of gradients.sparse) {
      const parameter = parameters.get(key);
      if (!parameter.sparse) throw new RangeError(`${describe(parameter)}: expected a gradient of the whole`);
      const [count, columns] = parameter.shape;
      if (values.length !== rows.length * columns) {
        throw new RangeError(
          `${describe(parameter)}: expected a gradient of ${rows.length} rows, got ${values.length} values`,
        );
      }
      for (let k = 0; k < rows.length; k++) {
        if (rows[k] < 0 || rows[k] >= count || (k > 0 && rows[k] <= rows[k - 1])) {
          throw new RangeError(
            `${describe(parameter)}: expected ascending row numbers below ${count}, got ${rows[k]} at index ${k}`,
          );
        }
      }
      entries.push([parameter, values, rows]);
    }
    checkParameters(parameters);
    return entries;
  };

  /** Has the rule work in the kernels' heap. */
  const staged = (use: (staging: Staging) => void) => {
    const staging = new Staging(rule);
    try {
      use(staging);
    } finally {
      staging.release();
    }
  };

  const settler = {
    settle(parameter: Parameter, rows?: Int32Array): void {
      const memory = memories.get(parameter.name);
      // A set that it was used on before a state was loaded may still ask.
      if (!memory || !owns(parameter)) return;
      const behind = rowsBehind(memory.made, parameter.sparse ? rows : undefined, steps);
      if (behind.numbers.length === 0) return;
      staged((staging) => {
        const { values } = parameter;
        staging.idle({ values, slots: memory.slots }, { ...behind, columns: columnsOf(parameter) }, steps);
      });
      for (const row of behind.numbers) memory.made[row] = steps;
    },
  };

  return {
    name,
    get steps() {
      return steps;
    },
    step(parameters, gradients) {
      const entries = check(parameters, gradients);
      attachSettler(parameters, settler);
      const step = steps + 1;
      rule.prepare(step);
      own(parameters);
      staged((staging) => {
        for (const [parameter, gradient, rows = ONLY_ROW] of entries) {
          const { slots, made } = memoryOf(parameter);
          const { values } = parameter;
          const all = { numbers: rows, made: rows.map((row) => made[row]), columns: columnsOf(parameter) };
          staging.update({ values, slots }, all, gradient, step);
          for (const row of rows) made[row] = step;
        }
      });
      steps = step;
      parameters.touch();
    },
    settle(parameters) {
      checkParameters(parameters);
      own(parameters);
      for (const parameter of parameters) settler.settle(parameter);
      // Else the memory of an optimiser that is done with lasts as long as the parameters.
      detachSettler(parameters, settler);
      parameters.touch();
    },
    state() {
      const state: OptimizerState = new Map([[STEPS, Int32Array.of(steps)]]);
      for (const [key, { slots, made }] of memories) {
        rule.slots.forEach((slot, i) => state.set(`${slot}:${key}`, slots[i].slice()));
        state.set(`${MADE}:${key}`, made.slice());
      }
      return state;
    },
    load(state) {
      const loaded = readState(name, rule.slots, state);
      memories = loaded.memories;
      owners.clear();
      steps = loaded.steps;
    },
  };
}

/** Those of the rows, or of all, that have made fewer than `steps` steps; each once. */
function rowsBehind(
  made: Int32Array,
  rows: Int32Array | undefined,
  steps: number,
): Pick<Rows, 'made'> & { numbers: Iterable<number> & ArrayLike<number> } {
  const numbers: number[] = [];
  if (rows) {
    for (const row of new Set(rows)) if (made[row] < steps) numbers.push(row);
  } else {
    for (let row = 0; row < made.length; row++) if (made[row] < steps) numbers.push(row);
  }
  return { numbers, made: numbers.map((row) => made[row]) };
}

function readState(
  name: string,
  slotNames: readonly string[],
  state: ReadonlyMap<string, Float32Array | Int32Array>,
): { steps: number; memories: Map<string, Memory> } {
  const fail = (what: string): never => {
    throw new RangeError(`state of ${name}: ${what}`);
  };
  const counter = state.get(STEPS);
  if (!(counter instanceof Int32Array) || counter.length !== 1 || counter[0] < 0) {
    return fail(`expected the number of steps as '${STEPS}'`);
  }
  const memories = new Map<string, Memory>();
  let arrays = 1;
  for (const [key, made] of state) {
    if (!key.startsWith(`${MADE}:`)) continue;
    const parameter = key.slice(MADE.length + 1);
    if (!(made instanceof Int32Array)) return fail(`expected whole numbers as '${key}'`);
    if (made.some((step) => step < 0 || step > counter[0])) {
      return fail(`expected numbers of steps from 0 to ${counter[0]} in '${key}'`);
    }
    const slots = slotNames.map((slot) => {
      const values = state.get(`${slot}:${parameter}`);
      return values instanceof Float32Array
        ? values.slice()
        : fail(`expected numbers as '${slot}:${parameter}'`);
    });
    memories.set(parameter, { slots, made: made.slice() });
    arrays += 1 + slots.length;
  }
  if (state.size !== arrays) {
    const known = new Set([
      STEPS,
      ...[...memories.keys()].flatMap((key) => [MADE, ...slotNames].map((s) => `${s}:${key}`)),
    ]);
    const unknown = [...state.keys()].find((key) => !known.has(key));
    fail(`there is no use for '${String(unknown)}' in it`);
  }
  return { steps: counter[0], memories };
}

function checkMemory(parameter: Parameter, memory: Memory | undefined): void {
  if (!memory) return;
  const { values } = parameter;
  const sizes = memory.slots.map(({ length }) => length);
  if (memory.made.length !== rowsOf(parameter) || sizes.some((size) => size !== values.length)) {
    throw new RangeError(
      `${describe(parameter)}: the optimiser's state is of another shape, ${memory.made.length} rows and ${sizes.join(', ')} values`,
    );
  }
}

function rowsOf({ sparse, shape }: Parameter): number {
  return sparse ? shape[0] : 1;
}

function columnsOf({ sparse, shape, values }: Parameter): number {
  return sparse ? shape[1] : values.length;
}

import type { Parameter } from './parameter.js';
import type { ParameterSet } from './parameter-set.js';

/**
 * Brings values up to date that an optimiser has put off changing: the given rows of a table, or all of the parameter.
 * Optimisers with momentum move every row at every step, seen or not; they do it when the row is next read.
 */
export interface Settler {
  settle(parameter: Parameter, rows?: Int32Array): void;
}

const settlers = new WeakMap<ParameterSet, Settler>();

/** From now on `settler` is asked before values are read. What another one has put off is done first. */
export function attachSettler(parameters: ParameterSet, settler: Settler): void {
  const previous = settlers.get(parameters);
  if (previous === settler) return;
  if (previous) for (const parameter of parameters) previous.settle(parameter);
  settlers.set(parameters, settler);
}

/** `settler` has put nothing off: it need not be asked, nor kept, until it is attached again. */
export function detachSettler(parameters: ParameterSet, settler: Settler): void {
  if (settlers.get(parameters) === settler) settlers.delete(parameters);
}

/** To be called before values are read. */
export function settle(parameters: ParameterSet, parameter: Parameter, rows?: Int32Array): void {
  settlers.get(parameters)?.settle(parameter, rows);
}

/** The three line searches of CRFsuite, under its names. */
export type LineSearchName = 'MoreThuente' | 'Backtracking' | 'StrongBacktracking';

/** The function along the search direction: φ(step) = f(x₀ + step · d). */
export interface Ray {
  /** φ(0) */
  readonly value: number;
  /** φ'(0), below 0. */
  readonly slope: number;
  /** Goes to a step: gives φ(step), not finite where the function is not, and φ'(step). */
  probe(step: number): Promise<{ value: number; slope: number }>;
}

/** Where a search ended; the ray was probed there last. Undefined = no step found that is good enough. */
export type LineSearchResult = {
  readonly step: number;
  readonly value: number;
  readonly evaluations: number;
};

export type LineSearch = (
  ray: Ray,
  firstStep: number,
  maxEvaluations: number,
) => Promise<LineSearchResult | undefined>;

/** Sufficient decrease: φ(step) <= φ(0) + DECREASE · step · φ'(0). */
export const DECREASE = 1e-4;
/** Curvature: |φ'(step)| <= CURVATURE · |φ'(0)|. */
const CURVATURE = 0.9;
export const MIN_STEP = 1e-20;
export const MAX_STEP = 1e20;

export const lineSearches: Readonly<Record<LineSearchName, LineSearch>> = {
  MoreThuente: moreThuente,
  Backtracking: (ray, step, most) => backtracking(ray, step, most, false),
  StrongBacktracking: (ray, step, most) => backtracking(ray, step, most, true),
};

/** Halves or stretches the step until it decreases enough and is not too short (Wolfe), nor too long (strong Wolfe). */
async function backtracking(
  ray: Ray,
  firstStep: number,
  maxEvaluations: number,
  strong: boolean,
): Promise<LineSearchResult | undefined> {
  let step = firstStep;
  for (let evaluations = 1; evaluations <= maxEvaluations; evaluations++) {
    const { value, slope } = await ray.probe(step);
    // The negation, so that a value that is no number counts as too high.
    if (!(value <= ray.value + DECREASE * step * ray.slope)) step *= 0.5;
    else if (slope < CURVATURE * ray.slope) step *= 2.1;
    else if (strong && slope > -CURVATURE * ray.slope) step *= 0.5;
    else return { step, value, evaluations };
    if (step < MIN_STEP || step > MAX_STEP) return undefined;
  }
  return undefined;
}

/** A step with the value and the slope there. */
interface Point {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * J. J. Moré and D. J. Thuente, Line search algorithms with guaranteed sufficient decrease, ACM TOMS 20 (1994): keeps an
 * interval that holds a good step and narrows it by cubic and quadratic interpolation.
 */
async function moreThuente(
  ray: Ray,
  firstStep: number,
  maxEvaluations: number,
): Promise<LineSearchResult | undefined> {
  const target = DECREASE * ray.slope;
  let best: Point = { step: 0, value: ray.value, slope: ray.slope };
  let other = best;
  let bracketed = false;
  // While true, the interval is updated for ψ(step) = φ(step) - φ(0) - target · step, whose minimum decreases enough.
  let firstStage = true;
  let longest = MAX_STEP;
  let width = MAX_STEP - MIN_STEP;
  let widthBefore = 2 * width;
  let step = firstStep;
  let giveUp = false;

  for (let evaluations = 1; evaluations <= maxEvaluations; evaluations++) {
    const low = bracketed ? Math.min(best.step, other.step) : best.step;
    const high = bracketed ? Math.max(best.step, other.step) : step + 4 * (step - best.step);
    step = Math.min(Math.max(step, MIN_STEP), longest);
    const exhausted = bracketed && (step <= low || step >= high || high - low <= Number.EPSILON * high);
    if (exhausted || giveUp || evaluations === maxEvaluations) step = best.step;

    const { value, slope } = await ray.probe(step);
    if (!Number.isFinite(value) || !Number.isFinite(slope)) {
      // Outside of where the function has values: come back half the way, and go no further from now on.
      step = best.step + 0.5 * (step - best.step);
      longest = step;
      if (step <= MIN_STEP) return undefined;
      continue;
    }
    const bound = ray.value + step * target;
    if (value <= bound && Math.abs(slope) <= -CURVATURE * ray.slope) return { step, value, evaluations };
    if (exhausted || giveUp) return undefined;
    if (step >= longest && value <= bound && slope <= target) {
      // Still falling at the longest step. Good enough at the edge of the finite values; else the function has no minimum.
      return longest < MAX_STEP ? { step, value, evaluations } : undefined;
    }

    if (firstStage && value <= bound && slope >= target) firstStage = false;
    const trial: Point = { step, value, slope };
    let chosen: Narrowed;
    if (firstStage && value > bound && value <= best.value) {
      const tilt = (p: Point, sign: number): Point => ({
        step: p.step,
        value: p.value - sign * p.step * target,
        slope: p.slope - sign * target,
      });
      chosen = narrow(tilt(best, 1), tilt(other, 1), tilt(trial, 1), bracketed, low, high);
      chosen = { ...chosen, best: tilt(chosen.best, -1), other: tilt(chosen.other, -1) };
    } else {
      chosen = narrow(best, other, trial, bracketed, low, high);
    }
    ({ best, other, bracketed, step } = chosen);
    giveUp = !chosen.sound;
    if (bracketed) {
      // The interval must shrink by a third in two steps, else it is halved.
      const size = Math.abs(other.step - best.step);
      if (size >= 0.66 * widthBefore) step = best.step + 0.5 * (other.step - best.step);
      widthBefore = width;
      width = size;
    }
  }
  return undefined;
}

interface Narrowed {
  readonly best: Point;
  readonly other: Point;
  readonly bracketed: boolean;
  /** The next step to try. */
  readonly step: number;
  /** False if the interval contradicts itself (rounding): nothing better than `best` will be found. */
  readonly sound: boolean;
}

/** The trial step joins the interval (section 3 of the paper), and the next one is chosen (section 4). */
function narrow(
  best: Point,
  other: Point,
  trial: Point,
  wasBracketed: boolean,
  low: number,
  high: number,
): Narrowed {
  const outside =
    trial.step <= Math.min(best.step, other.step) || trial.step >= Math.max(best.step, other.step);
  if ((wasBracketed && outside) || best.slope * (trial.step - best.step) >= 0) {
    return { best, other, bracketed: wasBracketed, step: best.step, sound: false };
  }

  const turned = trial.slope * Math.sign(best.slope) < 0;
  let bracketed = wasBracketed;
  let cautious = false;
  let step: number;
  if (trial.value > best.value) {
    // Case 1, higher: a minimum lies between.
    const cubic = cubicMinimum(best, trial);
    const quadratic = quadraticMinimum(best, trial);
    const cubicIsNearer = Math.abs(cubic - best.step) < Math.abs(quadratic - best.step);
    step = cubicIsNearer ? cubic : cubic + 0.5 * (quadratic - cubic);
    bracketed = true;
    cautious = true;
  } else if (turned) {
    // Case 2, lower and the slope has turned: a minimum lies between.
    const cubic = cubicMinimum(best, trial);
    const secant = secantMinimum(best, trial);
    step = Math.abs(cubic - trial.step) > Math.abs(secant - trial.step) ? cubic : secant;
    bracketed = true;
  } else if (Math.abs(trial.slope) < Math.abs(best.slope)) {
    // Case 3, lower and flatter: the cubic may have its minimum beyond the trial step, or none.
    const cubic = cubicMinimumBeyond(best, trial, low, high);
    const secant = secantMinimum(best, trial);
    const cubicIsNearer = Math.abs(trial.step - cubic) < Math.abs(trial.step - secant);
    step = cubicIsNearer === bracketed ? cubic : secant;
    cautious = true;
  } else if (bracketed) {
    // Case 4, lower and not flatter.
    step = cubicMinimum(trial, other);
  } else {
    step = best.step < trial.step ? high : low;
  }

  let newBest = best;
  let newOther = other;
  if (trial.value > best.value) newOther = trial;
  else {
    if (turned) newOther = best;
    newBest = trial;
  }

  step = Math.min(Math.max(step, low), high);
  if (bracketed && cautious) {
    const far = newBest.step + 0.66 * (newOther.step - newBest.step);
    step = newBest.step < newOther.step ? Math.min(step, far) : Math.max(step, far);
  }
  return { best: newBest, other: newOther, bracketed, step, sound: true };
}

/** The minimum of the cubic through two points with their slopes. */
function cubicMinimum(from: Point, to: Point): number {
  const distance = to.step - from.step;
  const theta = (3 * (from.value - to.value)) / distance + from.slope + to.slope;
  const size = Math.max(Math.abs(theta), Math.abs(from.slope), Math.abs(to.slope));
  const square = (theta / size) ** 2 - (from.slope / size) * (to.slope / size);
  const gamma = Math.sign(distance) * size * Math.sqrt(Math.max(0, square));
  const part = (gamma - from.slope + theta) / (gamma - from.slope + gamma + to.slope);
  return from.step + part * distance;
}

/** The same where the minimum lies past `to`; `low` or `high` where the cubic falls for ever that way. */
function cubicMinimumBeyond(from: Point, to: Point, low: number, high: number): number {
  const distance = to.step - from.step;
  const theta = (3 * (from.value - to.value)) / distance + from.slope + to.slope;
  const size = Math.max(Math.abs(theta), Math.abs(from.slope), Math.abs(to.slope));
  const square = (theta / size) ** 2 - (from.slope / size) * (to.slope / size);
  const gamma = -Math.sign(distance) * size * Math.sqrt(Math.max(0, square));
  const part = (gamma - to.slope + theta) / (gamma + (from.slope - to.slope) + gamma);
  if (part < 0 && gamma !== 0) return to.step - part * distance;
  return distance > 0 ? high : low;
}

/** The minimum of the parabola through two points with the slope of the first. */
function quadraticMinimum(from: Point, to: Point): number {
  const distance = to.step - from.step;
  return from.step + (from.slope / ((from.value - to.value) / distance + from.slope) / 2) * distance;
}

/** Where the slope, taken as linear between two points, is 0. */
function secantMinimum(from: Point, to: Point): number {
  return to.step + (to.slope / (to.slope - from.slope)) * (from.step - to.step);
}

import { exp } from './exp.js';

/*
 * When the scaled arithmetic is safe.
 *
 * It works on exp(score - the largest score of the same kind), with every row of forward weights divided by its sum.
 * Nothing is subtracted anywhere, so rounding alone keeps each number right to a few units in its last place times the
 * number of steps; the one thing that can go wrong is underflow. It cannot happen while
 *   1. each weight made from a score is either 0 or at least exp(-SCORE_RANGE), and
 *   2. each forward and backward weight, after its row is scaled, is either 0 or at least exp(-SCORE_RANGE):
 * a step multiplies at most three such numbers, and exp(-3 * SCORE_RANGE) = 1e-293 is still a normal number. Point 2 is
 * checked row by row; a row that breaks it sends the whole lattice to log space.
 *
 * A finite score that lies further than SCORE_RANGE below its maximum is dropped (its weight is 0, as if it were
 * -Infinity): scores such as -1e4 in the place of a mask are common. That is right only if all paths through dropped
 * scores are worth nothing. There are at most numTags^length of them, and none scores more than the sum of all maxima
 * less the smallest distance at which one was dropped. Unless this bound is below exp(-NEGLIGIBLE) times the partition
 * sum, so that no probability which a float can hold is touched, the lattice goes to log space, too.
 */

/** Natural-log distance from the maximum up to which a score keeps its weight. */
export const SCORE_RANGE = 225;

/** exp(-SCORE_RANGE): the least forward or backward weight that the scaled arithmetic works with. */
export const LEAST_WEIGHT = exp(-SCORE_RANGE);

/** Dropped paths may weigh up to exp(-NEGLIGIBLE) of the partition sum: less than the smallest positive number. */
export const NEGLIGIBLE = 750;

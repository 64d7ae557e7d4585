import type { ReadTag } from './tag-reader.js';

/** Whether two neighbouring tags lie in the same entity, under the most lenient reading. */
export function joined(left: ReadTag, right: ReadTag): boolean {
  return (
    (left.right === 'may' || left.right === 'must') &&
    (right.left === 'may' || right.left === 'must') &&
    left.label === right.label
  );
}

const siblings = (left: ReadTag, right: ReadTag): boolean =>
  !left.outside && !right.outside && left.label === right.label;

/** Whether the left one of two neighbours breaks the scheme by what stands to its right. */
export function breaksOnRight(left: ReadTag, right: ReadTag): boolean {
  if (left.right === 'must') return !joined(left, right);
  return left.right === 'split' && !siblings(left, right);
}

/** Whether the right one of two neighbours breaks the scheme by what stands to its left. */
export function breaksOnLeft(left: ReadTag, right: ReadTag): boolean {
  if (right.left === 'must') return !joined(left, right);
  return right.left === 'split' && !siblings(left, right);
}

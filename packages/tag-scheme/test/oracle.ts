/** Tag sequences over a set of tags: every one of up to `longest` tags. */
export function* everySequence(tags: readonly string[], longest: number): Generator<string[]> {
  let last: string[][] = [[]];
  yield [];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((sequence) => tags.map((tag) => [...sequence, tag]));
    yield* last;
  }
}

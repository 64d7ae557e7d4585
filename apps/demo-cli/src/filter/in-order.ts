/**
 * Does work on items, several at once, and gives the results in the order of the items: each as soon as it and all before it are there, also
 * while the next item has not come yet. Reads no further ahead than `atOnce` items, so that memory stays as it is when whoever
 * takes the results is slow.
 *
 * @throws what the items or the work throw, after the results before it
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  atOnce: number,
): AsyncGenerator<R> {
  const iterator = items[Symbol.asyncIterator]();
  const read = (): Promise<Coming<T>> =>
    iterator.next().then(
      (next) => ({ next }),
      (error: unknown) => ({ error }),
    );
  const pending: Promise<R>[] = [];
  let coming: Promise<Coming<T>> | undefined = read();
  let failure: { readonly error: unknown } | undefined;
  while (coming !== undefined || pending.length > 0) {
    const events: Promise<Coming<T> | { readonly result: R }>[] = [];
    if (pending.length > 0) events.push(pending[0].then((result) => ({ result })));
    if (coming !== undefined && pending.length < atOnce) events.push(coming);
    const event = await Promise.race(events);
    if ('result' in event) {
      void pending.shift();
      yield event.result;
    } else if ('next' in event && event.next.done !== true) {
      const result = work(event.next.value);
      // Its failure is looked at when it is its turn.
      result.catch(() => undefined);
      pending.push(result);
      coming = read();
    } else {
      coming = undefined;
      if ('error' in event) failure = event;
    }
  }
  if (failure) throw failure.error;
}

/** What reading gave. */
type Coming<T> = { readonly next: IteratorResult<T> } | { readonly error: unknown };

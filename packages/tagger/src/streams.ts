/** Bytes that are all there already, as a stream. */
export const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

/** Passes bytes on, and fails as soon as there are more of them than allowed. */
export function atMost(limit: number, tooMuch: () => Error): TransformStream<Uint8Array, Uint8Array> {
  let length = 0;
  return new TransformStream({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > limit) throw tooMuch();
      controller.enqueue(chunk);
    },
  });
}

/** All bytes of a stream. @param expected how many there probably are */
export async function drain(stream: ReadableStream<Uint8Array>, expected = 0): Promise<Uint8Array> {
  // A length that somebody announced is a hint, not a reason to reserve gigabytes.
  let bytes = new Uint8Array(Math.min(expected, 1 << 26));
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.length === length ? bytes : bytes.slice(0, length);
    if (length + value.length > bytes.length) {
      const larger = new Uint8Array(Math.max(2 * bytes.length, length + value.length));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(value, length);
    length += value.length;
  }
}

/** The first bytes of a stream, and the whole stream, those included. There may be fewer than asked for, or more. */
export async function startingWith(
  stream: ReadableStream<Uint8Array>,
  count: number,
): Promise<{ readonly start: Uint8Array; readonly stream: ReadableStream<Uint8Array> }> {
  const reader = stream.getReader();
  let start = new Uint8Array();
  while (start.length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    const longer = new Uint8Array(start.length + value.length);
    longer.set(start);
    longer.set(value, start.length);
    start = longer;
  }
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      if (start.length > 0) controller.enqueue(start);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { start, stream: whole };
}

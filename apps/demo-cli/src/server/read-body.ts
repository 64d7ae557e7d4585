import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.js';

/**
 * The body of a request as text.
 *
 * @throws HttpError 413 as soon as it is longer than allowed, without keeping the rest; 400 where it is not UTF-8
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const tooLong = (): HttpError => new HttpError(413, `expected at most ${limit} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed on a throw: the sender is still to get an answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLong();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new HttpError(400, 'expected UTF-8');
  }
}

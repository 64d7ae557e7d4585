import { maxHeaderSize, STATUS_CODES } from 'node:http';
import { HttpError } from './http-error.js';

/**
 * What is to be said of a request that Node gave up before it had come whole; of a connection that broke there is nothing to say.
 *
 * @param milliseconds that a request had to arrive
 */
export function readClientError(
  { code = '', message }: NodeJS.ErrnoException,
  milliseconds: number,
): HttpError | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new HttpError(408, `expected the whole request within ${milliseconds} ms`);
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new HttpError(431, `expected at most ${maxHeaderSize} bytes of headers`);
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return new HttpError(413, 'expected chunks without long extensions');
  }
  return code.startsWith('HPE_') ? new HttpError(400, `expected a request of HTTP: ${message}`) : undefined;
}

/** The last answer of a connection, by hand: where Node has read no request, it gives none to answer. */
export function lastAnswer({ status, message }: HttpError): string {
  const body = `${JSON.stringify({ error: message })}\n`;
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

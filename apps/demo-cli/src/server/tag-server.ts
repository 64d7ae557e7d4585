import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { toTransformers, type Tagger } from '@cognate/tagger';
import { lastAnswer, readClientError } from './client-error.js';
import { HttpError } from './http-error.js';
import type { Limits } from './limits.js';
import { Metrics } from './metrics.js';
import { readBody } from './read-body.js';
import { tagInSteps } from './tag-in-steps.js';
import { asHttpError, readTagRequest } from './tag-request.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const methods: Readonly<Record<string, string>> = { '/tag': 'POST', '/health': 'GET', '/metrics': 'GET' };

/** Serves a tagger over HTTP: `POST /tag`, `GET /health`, `GET /metrics`. */
export class TagServer {
  readonly #server: Server;
  readonly #metrics = new Metrics();
  /** The newest request of each connection. */
  readonly #newest = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();
  /** The status of requests that were given up while they came. */
  readonly #givenUp = new WeakMap<ServerResponse, number>();
  #draining = false;

  /** @param onFault told of what is a fault of ours: the sender only learns that there was one */
  constructor(
    readonly tagger: Tagger,
    readonly limits: Limits,
    private readonly onFault: (error: unknown) => void,
  ) {
    this.#server = createServer(
      {
        requestTimeout: limits.milliseconds,
        headersTimeout: limits.milliseconds,
        connectionsCheckingInterval: Math.min(1000, limits.milliseconds),
        keepAliveTimeout: 5000,
        // Node would refuse it without a word; `#answer` says what is missing.
        requireHostHeader: false,
      },
      (request, response) => void this.#serve(request, response),
    )
      // Without this Node refuses it by itself, without a body.
      .on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
        const got = JSON.stringify(request.headers.expect);
        const refusal = new HttpError(417, `expected "100-continue" or no header Expect, got ${got}`);
        void this.#serve(request, response, refusal);
      })
      .on('clientError', (error, socket) => {
        this.#giveUp(error, socket);
      });
  }

  /** @returns the address that it listens at, as soon as it does */
  async listen(port: number, host: string): Promise<{ host: string; port: number }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, resolve);
    });
    const { address, port: bound } = this.#server.address() as AddressInfo;
    return { host: address, port: bound };
  }

  /** Takes no more requests, answers those under way, and is closed; whatever takes longer than the limit is cut off. */
  async close(): Promise<void> {
    this.#draining = true;
    const closed = new Promise<void>((resolve) =>
      this.#server.close(() => {
        resolve();
      }),
    );
    this.#server.closeIdleConnections();
    const cut = setTimeout(() => {
      this.#server.closeAllConnections();
    }, this.limits.milliseconds);
    await closed;
    clearTimeout(cut);
  }

  /** @param refusal what it is answered with, where that is known before it is looked at */
  async #serve(request: IncomingMessage, response: ServerResponse, refusal?: HttpError): Promise<void> {
    const started = performance.now();
    this.#newest.set(request.socket, { request, response });
    // Not by URL: what a sender writes there need not be one.
    const [path] = (request.url ?? '/').split('?', 1);
    this.#metrics.pending++;
    let answer: Answer;
    try {
      if (refusal) throw refusal;
      answer = await this.#answer(request, response, path);
    } catch (error) {
      answer = this.#failure(error, response);
    }
    this.#metrics.pending--;
    const known = Object.hasOwn(methods, path) ? path : 'other';
    const seconds = (performance.now() - started) / 1000;
    // The sender may have gone meanwhile, or have been cut off for being slow.
    if (response.destroyed) {
      this.#metrics.answered(known, this.#givenUp.get(response) ?? 'aborted', seconds);
      return;
    }
    this.#metrics.answered(known, answer.status, seconds);
    response.writeHead(answer.status, {
      'content-type': answer.type,
      'content-length': Buffer.byteLength(answer.body),
      ...(this.#draining && { connection: 'close' }),
      ...answer.headers,
    });
    response.end(answer.body);
    // Whatever is left of the request is read and forgotten, or the sender would not see the answer.
    request.resume();
  }

  /** Answers what Node could not read to its end as everything else is answered, and hangs up. */
  #giveUp(error: NodeJS.ErrnoException, socket: Duplex): void {
    const refusal = readClientError(error, this.limits.milliseconds);
    const newest = this.#newest.get(socket);
    // Either the newest request is at fault, or the one behind it, which has not got as far as `#serve`.
    const halfRead = newest && !newest.request.complete ? newest.response : undefined;
    // A request has one answer: it may have been refused before the rest of it came.
    if (!refusal || !socket.writable || halfRead?.headersSent) {
      socket.destroy();
      return;
    }
    if (!halfRead) this.#metrics.answered('other', refusal.status, 0);
    // An end in the middle is a sender who hung up.
    else if (error.code !== 'HPE_INVALID_EOF_STATE') this.#givenUp.set(halfRead, refusal.status);
    socket.end(lastAnswer(refusal), () => {
      socket.destroy();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<Answer> {
    if (!Object.hasOwn(methods, path)) {
      throw new HttpError(404, `expected ${Object.keys(methods).join(', ')}, got ${path}`);
    }
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      throw new HttpError(400, 'expected a header Host, got none');
    }
    const method = methods[path];
    if (request.method !== method && !(method === 'GET' && request.method === 'HEAD')) {
      throw new HttpError(405, `expected ${method}, got ${String(request.method)}`, { allow: method });
    }
    if (path === '/health') return this.#health();
    if (path === '/metrics') {
      return {
        status: 200,
        type: 'text/plain; version=0.0.4; charset=utf-8',
        body: this.#metrics.toString(),
      };
    }
    if (this.#metrics.pending > this.limits.pending) {
      throw new HttpError(503, `expected at most ${this.limits.pending} requests at once`, {
        'retry-after': '1',
      });
    }
    return this.#tag(request, response);
  }

  async #tag(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const { inputs, single, transformers } = readTagRequest(
      request.headers['content-type'],
      await readBody(request, this.limits.bodyBytes),
    );
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    const late = AbortSignal.timeout(this.limits.milliseconds);
    const signal = AbortSignal.any([gone.signal, late]);
    const results: unknown[] = [];
    let found = 0;
    try {
      for (const item of inputs) {
        const entities = await tagInSteps(this.tagger, item, this.limits.sentenceTokens, signal);
        found += entities.length;
        results.push({ entities: transformers ? toTransformers(entities) : entities });
      }
    } catch (error) {
      if (!late.aborted || asHttpError(error)) throw error;
      throw new HttpError(503, `not done within ${this.limits.milliseconds} ms: send less at once`, {
        'retry-after': '1',
      });
    }
    this.#metrics.tagged(inputs.length, found);
    return json(200, single ? results[0] : { results });
  }

  #health(): Answer {
    const { type, language, languages, labels } = this.tagger;
    return json(this.#draining ? 503 : 200, {
      status: this.#draining ? 'stopping' : 'ok',
      model: { type, language, languages, labels },
    });
  }

  #failure(error: unknown, response: ServerResponse): Answer {
    const told = asHttpError(error);
    if (told) return json(told.status, { error: told.message }, told.headers);
    // A sender who hung up is no fault.
    if (!response.destroyed) this.onFault(error);
    return json(500, { error: 'the server failed; its log says why' });
  }
}

const json = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value)}\n`,
  ...(headers && { headers }),
});

import { readFile } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { PodNetworkError } from '../errors/pod-network-error.js';

/** An answer to {@link PodNetwork.httpGet}. */
export interface PodHttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** An answer larger than this is not a status page of a sidecar. */
const maximumBodyBytes = 1024 * 1024;

/**
 * The network namespace that all containers of the pod share, as the charm's container sees it.
 * Methods throw {@link PodNetworkError}.
 */
export class PodNetwork {
  readonly #root: string;

  /** `root` stands before absolute paths; empty in production. */
  constructor(root: string) {
    this.#root = root;
  }

  /** The text of `/proc/net/route`. */
  routes(): Promise<string> {
    return this.#read('/proc/net/route');
  }

  /** The text of `/proc/net/ipv6_route`; empty where the kernel has IPv6 switched off. */
  async ipv6Routes(): Promise<string> {
    try {
      return await this.#read('/proc/net/ipv6_route');
    } catch (error) {
      if (error instanceof PodNetworkError && isMissing(error.cause)) return '';
      throw error;
    }
  }

  /**
   * Gets a page of a server on 127.0.0.1. Pods of a sandbox share one loopback, so with a root it is the Unix socket
   * `<root>/run/loopback/<port>.sock` instead. Gives up after `timeoutMs` milliseconds.
   */
  httpGet(port: number, path: string, timeoutMs: number): Promise<PodHttpAnswer> {
    const where =
      this.#root === ''
        ? { host: '127.0.0.1', port }
        : { socketPath: join(this.#root, 'run', 'loopback', `${port}.sock`) };
    return answerOf(`http://127.0.0.1:${port}${path}`, { ...where, path }, request, timeoutMs);
  }

  /**
   * Gets a page of the world outside, by the way that all of the pod's traffic takes, its resolver included; no proxy, no redirects.
   * The world of a sandbox is behind the Unix socket `<root>/run/outside.sock`. Gives up after `timeoutMs` milliseconds.
   */
  get(url: string, timeoutMs: number): Promise<PodHttpAnswer> {
    if (!/^https?:/i.test(url) || !URL.canParse(url)) {
      return Promise.reject(new PodNetworkError(`GET ${url}: not an HTTP address`));
    }
    const place = new URL(url);
    const path = `${place.pathname}${place.search}`;
    if (this.#root !== '') {
      const socketPath = join(this.#root, 'run', 'outside.sock');
      return answerOf(url, { socketPath, path, headers: { host: place.host } }, request, timeoutMs);
    }
    const where = { host: place.hostname.replace(/^\[|\]$/g, ''), ...(place.port === '' ? {} : { port: place.port }) };
    return answerOf(url, { ...where, path }, place.protocol === 'https:' ? secureRequest : request, timeoutMs);
  }

  async #read(path: string): Promise<string> {
    try {
      return await readFile(`${this.#root}${path}`, 'utf8');
    } catch (cause) {
      throw new PodNetworkError(`cannot read ${path}`, { cause });
    }
  }
}

function answerOf(
  url: string,
  where: RequestOptions,
  open: (options: RequestOptions, answered: (response: IncomingMessage) => void) => ClientRequest,
  timeoutMs: number,
): Promise<PodHttpAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => {
      const reason =
        cause.name === 'AbortError' || cause.name === 'TimeoutError'
          ? `no answer within ${timeoutMs} ms`
          : cause.message;
      reject(new PodNetworkError(`GET ${url}: ${reason}`, { cause }));
    };
    const call = open({ ...where, agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        parts.push(part);
        bytes += part.length;
        if (bytes > maximumBodyBytes) call.destroy(new Error(`the answer is longer than ${maximumBodyBytes} bytes`));
      });
      response.on('error', fail);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    call.on('error', fail);
    call.end();
  });
}

const isMissing = (cause: unknown): boolean => isNativeError(cause) && 'code' in cause && cause.code === 'ENOENT';

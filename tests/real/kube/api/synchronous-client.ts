import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type ApiResponse, contentTypes } from './api-request.js';
import type { RealApiServer } from './real-api-server.js';

/** Requests as cluster admin whose answers are there on return: the test kit's `Cluster` reads objects in the middle of synchronous code. */
export class SynchronousClient {
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  readonly #channel = new MessageChannel();
  readonly #worker: Worker;

  constructor({ url, caCertificate }: RealApiServer) {
    const port = this.#channel.port2;
    const workerData = {
      port,
      signal: this.#signal,
      url: url.href,
      ca: caCertificate,
      token: process.env['KUBE_ADMIN_TOKEN'],
    };
    const file = new URL('synchronous-worker.mjs', import.meta.url);
    this.#worker = new Worker(file, { workerData, transferList: [port] });
    // A test that fails before it closes must not keep the process.
    this.#worker.unref();
    this.#channel.port1.unref();
  }

  send(verb: string, path: string, body?: unknown, contentType: string = contentTypes.json): ApiResponse {
    Atomics.store(this.#signal, 0, 0);
    const text = body === undefined ? undefined : JSON.stringify(body);
    this.#channel.port1.postMessage({ verb, path, contentType, body: text });
    // The notification of the answer before may still be on its way when this wait has begun.
    while (Atomics.load(this.#signal, 0) === 0) {
      if (Atomics.wait(this.#signal, 0, 0, 30_000) === 'timed-out') throw new Error(`${verb} ${path}: no answer`);
    }
    const received = receiveMessageOnPort(this.#channel.port1) as { message: { status: number; text: string } };
    const { status, text: answer } = received.message;
    return { status, body: answer.startsWith('{') ? (JSON.parse(answer) as unknown) : answer };
  }

  async close(): Promise<void> {
    this.#channel.port1.close();
    await this.#worker.terminate();
  }
}

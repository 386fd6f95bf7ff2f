// Sends requests for a thread that waits: see synchronous-client.ts.
import { Agent, request } from 'node:https';
import { workerData } from 'node:worker_threads';

const { port, signal, url, ca, token } = workerData;
const agent = new Agent({ keepAlive: true, ca });

port.on('message', ({ verb, path, contentType, body }) => {
  const answer = (message) => {
    port.postMessage(message);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': contentType };
  const call = request(new URL(path, url), { method: verb, headers, agent }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk) => (text += chunk));
    response.on('end', () => answer({ status: response.statusCode, text }));
  });
  call.on('error', ({ message }) => answer({ status: 0, text: message }));
  call.end(body);
});

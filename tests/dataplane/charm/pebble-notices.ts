import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HookEvent } from '../../../lib/testing/src/model/hook-event.js';

interface Notice {
  readonly type: string;
  readonly key: string;
  readonly 'last-repeated': string;
  readonly 'last-data'?: Readonly<Record<string, string>>;
}

interface Change {
  readonly kind: string;
  readonly status: string;
}

const container = 'gluetun';

const ask = (socketPath: string, path: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    get({ socketPath, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', reject).on('end', () => {
        if (response.statusCode === 200) resolve((JSON.parse(text) as { readonly result: unknown }).result);
        else reject(new Error(`${path}: ${text}`));
      });
    }).on('error', reject);
  });

/** A check's change that has ended in failure, or in recovery, is a hook of the unit. */
const eventOf = ({ kind, status }: Change, check: string): HookEvent | undefined => {
  if (kind === 'perform-check' && status === 'Error') return { kind: 'pebble-check-failed', container, check };
  if (kind === 'recover-check' && status === 'Done') return { kind: 'pebble-check-recovered', container, check };
  return undefined;
};

/** Waits for a Pebble's notices as Juju's agent does and turns those of checks into events, until the process ends. */
export const followNotices = async (socketPath: string, tell: (event: HookEvent) => void): Promise<never> => {
  let after = new Date(0).toISOString();
  for (;;) {
    try {
      const query = `types=change-update&timeout=10s&after=${encodeURIComponent(after)}`;
      const notices = (await ask(socketPath, `/v1/notices?${query}`)) as readonly Notice[];
      for (const { key, 'last-repeated': repeated, 'last-data': data } of notices) {
        after = repeated;
        const check = data?.['check-name'];
        if (check === undefined) continue;
        const event = eventOf((await ask(socketPath, `/v1/changes/${key}`)) as Change, check);
        if (event !== undefined) tell(event);
      }
    } catch {
      // A container that restarts; its Pebble comes back.
      await sleep(250);
    }
  }
};

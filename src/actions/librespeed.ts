import { isRecord } from '../json.js';
import { ActionFailure } from './action-failure.js';

/** LibreSpeed's own list of public servers. */
export const serverListUrl = 'https://librespeed.org/backend-servers/servers.php';

export interface SpeedServer {
  readonly id: number;
  readonly name: string;
  readonly host: string;
  readonly downloadUrl: string;
  readonly uploadUrl: string;
}

/** Megabytes that a server is asked for; the download ends earlier. */
const chunkMegabytes = 1000;

/** Only plain URLs get near a command. */
const urlOf = (base: string, path: unknown): string | undefined => {
  if (typeof path !== 'string') return undefined;
  try {
    const url = new URL(path, `${base.startsWith('//') ? 'https:' : ''}${base.replace(/\/?$/, '/')}`);
    return /^https?:$/.test(url.protocol) && /^[a-z0-9.-]+$/i.test(url.hostname) ? url.href : undefined;
  } catch {
    return undefined;
  }
};

const serverOf = (entry: unknown): SpeedServer | undefined => {
  if (!isRecord(entry) || typeof entry['server'] !== 'string' || typeof entry['id'] !== 'number') return undefined;
  const download = urlOf(entry['server'], entry['dlURL']);
  const upload = urlOf(entry['server'], entry['ulURL']);
  if (download === undefined || upload === undefined) return undefined;
  return {
    id: entry['id'],
    name: typeof entry['name'] === 'string' ? entry['name'].slice(0, 80) : '',
    host: new URL(download).hostname,
    downloadUrl: `${download}?ckSize=${chunkMegabytes}`,
    uploadUrl: upload,
  };
};

/** Reads the list. Throws {@link ActionFailure} for one that names no server. */
export const parseServerList = (text: string): readonly SpeedServer[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ActionFailure('the list of speed test servers is not JSON');
  }
  const servers = Array.isArray(value) ? value.flatMap((entry) => serverOf(entry) ?? []) : [];
  if (servers.length === 0) throw new ActionFailure('the list of speed test servers names no server');
  return servers;
};

/** The times of `ping`'s lines in milliseconds. */
export const pingTimes = (output: string): readonly number[] =>
  [...output.matchAll(/time=([\d.]+) ?ms/g)].map(([, time]) => Number(time));

/** Mean of the differences between successive times. */
export const jitterOf = (times: readonly number[]): number => {
  const steps = times.slice(1).map((time, index) => Math.abs(time - (times[index] ?? time)));
  return steps.length === 0 ? 0 : steps.reduce((sum, step) => sum + step, 0) / steps.length;
};

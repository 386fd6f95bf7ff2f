import type { Clock } from '@charm-ts/ops';
import { tunnelDevice } from '../workload/gluetun-settings.js';
import { ActionFailure } from './action-failure.js';
import type { Command } from './command.js';
import { jitterOf, parseServerList, pingTimes, serverListUrl, type SpeedServer } from './librespeed.js';

export interface SpeedtestRequest {
  readonly serverId: number | undefined;
  /** Seconds for each direction. */
  readonly duration: number;
  /** Seconds until a server must have answered. */
  readonly timeout: number;
}

export interface SpeedtestTools {
  readonly command: Command;
  readonly clock: Clock;
  readonly log: (text: string) => Promise<void>;
}

const mostBytes = 500_000_000;
const uploadChunk = 4_000_000;
const candidates = 6;

// Programs of BusyBox; the words after `sh` are $1, $2, … and never part of the script.
const downloadScript = 'timeout "$1" wget -q -T "$2" -O - "$3" | head -c "$4" | wc -c';
const uploadScript = [
  'file=$(mktemp) && head -c "$4" /dev/zero >"$file" || exit 1',
  'end=$(($(date +%s) + $1)) sent=0',
  'while [ "$(date +%s)" -lt "$end" ] && [ "$sent" -lt "$5" ]; do',
  'timeout "$1" wget -q -T "$2" -O /dev/null --post-file="$file" "$3" || break',
  'sent=$((sent + $4))',
  'done',
  'rm -f "$file"',
  'echo "$sent"',
].join('\n');

const megabits = (bytes: number, milliseconds: number): number =>
  milliseconds <= 0 ? 0 : Math.round((bytes * 8) / milliseconds / 10) / 100;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Measures the tunnel from Gluetun's container. Throws {@link ActionFailure}. */
export class Speedtest {
  readonly #tools: SpeedtestTools;
  readonly #request: SpeedtestRequest;

  constructor(tools: SpeedtestTools, request: SpeedtestRequest) {
    this.#tools = tools;
    this.#request = request;
  }

  async run() {
    const { log } = this.#tools;
    await log('asking for the list of servers');
    const server = await this.#choose(await this.#servers());
    await log(`pinging ${server.name} (${server.host})`);
    const times = await this.#ping(server.host, 8);
    await log(`downloading for ${this.#request.duration} s`);
    const download = await this.#measure(downloadScript, server.downloadUrl, [String(mostBytes)]);
    await log(`uploading for ${this.#request.duration} s`);
    const upload = await this.#measure(uploadScript, server.uploadUrl, [String(uploadChunk), String(mostBytes)]);
    if (download.bytes === 0) throw new ActionFailure(`${server.host} sent nothing through the tunnel`);
    return {
      'download-mbps': megabits(download.bytes, download.milliseconds),
      'upload-mbps': megabits(upload.bytes, upload.milliseconds),
      'ping-ms': rounded(times.reduce((sum, time) => sum + time, 0) / Math.max(times.length, 1)),
      'jitter-ms': rounded(jitterOf(times)),
      'bytes-sent': upload.bytes,
      'bytes-received': download.bytes,
      'server-name': server.name,
      'server-url': new URL(server.downloadUrl).origin,
    };
  }

  async #servers(): Promise<readonly SpeedServer[]> {
    const { timeout } = this.#request;
    const words = ['timeout', String(timeout), 'wget', '-q', '-O', '-', serverListUrl];
    const { exitCode, stdout, stderr } = await this.#tools.command(words, (timeout + 5) * 1000);
    if (exitCode === 143 || exitCode === 124)
      throw new ActionFailure(`the list of servers timed out after ${timeout}s`);
    if (exitCode !== 0) throw new ActionFailure(`the list of servers failed (exit ${exitCode}): ${stderr.trim()}`);
    return parseServerList(stdout);
  }

  async #choose(servers: readonly SpeedServer[]): Promise<SpeedServer> {
    const { serverId } = this.#request;
    if (serverId !== undefined) {
      const found = servers.find(({ id }) => id === serverId);
      if (found === undefined) throw new ActionFailure(`there is no server with server-id=${serverId}`);
      return found;
    }
    const step = Math.max(1, Math.floor(servers.length / candidates));
    const some = servers.filter((_server, index) => index % step === 0).slice(0, candidates);
    let best: { readonly server: SpeedServer; readonly time: number } | undefined;
    for (const server of some) {
      const [time] = await this.#ping(server.host, 1);
      if (time !== undefined && (best === undefined || time < best.time)) best = { server, time };
    }
    if (best === undefined) throw new ActionFailure('none of the tried servers answers a ping, give a server-id');
    return best.server;
  }

  async #ping(host: string, count: number): Promise<readonly number[]> {
    const words = ['ping', '-c', String(count), '-W', '2', '-I', tunnelDevice, host];
    return pingTimes((await this.#tools.command(words, (count * 3 + 10) * 1000)).stdout);
  }

  async #measure(script: string, url: string, limits: readonly string[]) {
    const { duration, timeout } = this.#request;
    const start = this.#tools.clock.now().getTime();
    const words = ['sh', '-c', script, 'sh', String(duration), String(timeout), url, ...limits];
    const { exitCode, stdout, stderr } = await this.#tools.command(words, (2 * duration + timeout + 30) * 1000);
    const bytes = Number(stdout.trim());
    if (exitCode !== 0 || !Number.isInteger(bytes)) {
      throw new ActionFailure(`the measurement failed (exit ${exitCode}): ${stderr.trim()}`);
    }
    return { bytes, milliseconds: this.#tools.clock.now().getTime() - start };
  }
}

import { load } from 'js-yaml';
import type { Change } from './change.js';
import { execCommand } from './exec.js';
import { PebbleFiles } from './files.js';
import type { CheckInfo, ExecOptions, ExecResult, ServiceInfo, SystemInfo } from './info.js';
import type { Layer, Plan } from './layer.js';
import { PebbleApiError, PebbleChangeError, PebbleTimeoutError } from './pebble-errors.js';
import { PebbleTransport } from './pebble-transport.js';
import { readChange, readCheck, readPlan, readService, readSystemInfo } from './answers.js';

/** Where a Pebble listens and how patient to be. */
export interface PebbleClientOptions {
  readonly socketPath: string;
  /** Milliseconds without a byte after which a request is given up, 5 000 by default. */
  readonly timeoutMs?: number;
}

/** How long to wait for a change. */
export interface WaitOptions {
  /** Milliseconds, 30 000 by default. */
  readonly timeoutMs?: number;
}

/** A check with the changes that log its failures. */
export interface CheckRecord extends CheckInfo {
  readonly changeId?: string;
  readonly prevChangeId?: string;
}

const waitSlice = 4_000;

/**
 * The HTTP API of one Pebble, request by request. Charms use {@link Container}, which asks before it writes.
 *
 * Every method throws a {@link PebbleError}: `PebbleConnectionError`, `PebbleTimeoutError` or `PebbleApiError`, and those that wait for a change `PebbleChangeError`.
 */
export class PebbleClient {
  /** Files and directories of the container. */
  readonly files: PebbleFiles;
  readonly #transport: PebbleTransport;

  constructor(options: PebbleClientOptions) {
    this.#transport = new PebbleTransport(options.socketPath, options.timeoutMs ?? 5_000);
    this.files = new PebbleFiles(this.#transport);
  }

  async systemInfo(): Promise<SystemInfo> {
    return readSystemInfo(await this.#transport.get('/v1/system-info'));
  }

  async plan(): Promise<Plan> {
    const yaml = await this.#transport.get('/v1/plan', { format: 'yaml' });
    return readPlan(typeof yaml === 'string' && yaml.trim() !== '' ? load(yaml) : {});
  }

  /** Adds a layer on top of the others; with `combine`, a layer of the same label is combined in its place. Checks that are new or changed start at once, services do not. */
  async addLayer(layer: Layer, options: { readonly combine?: boolean } = {}): Promise<void> {
    const { label, ...content } = layer;
    await this.#transport.post('/v1/layers', {
      action: 'add',
      combine: options.combine ?? false,
      label,
      format: 'yaml',
      // JSON is YAML in which no scalar can be mistaken for another type.
      layer: JSON.stringify(content),
    });
  }

  /** Services of the plan, all or those named; an unknown name is left out. */
  async services(names: readonly string[] = []): Promise<readonly ServiceInfo[]> {
    return readList(await this.#transport.get('/v1/services', { names: names.join(',') }), readService);
  }

  async startServices(names: readonly string[], options?: WaitOptions): Promise<Change> {
    return this.#changeServices('start', names, options);
  }

  /** A stop takes up to the services' `kill-delay` and 5 s more; {@link Container.stop} waits as long as that. */
  async stopServices(names: readonly string[], options?: WaitOptions): Promise<Change> {
    return this.#changeServices('stop', names, options);
  }

  async restartServices(names: readonly string[], options?: WaitOptions): Promise<Change> {
    return this.#changeServices('restart', names, options);
  }

  /** Restarts running services whose configuration changed and starts those with `startup: enabled`. */
  async replanServices(options?: WaitOptions): Promise<Change> {
    return this.#changeServices('replan', [], options);
  }

  /** Starts the services with `startup: enabled`; without any, `PebbleApiError` of kind `no-default-services`. */
  async autostartServices(options?: WaitOptions): Promise<Change> {
    return this.#changeServices('autostart', [], options);
  }

  async changes(select: 'all' | 'in-progress' | 'ready' = 'in-progress', service?: string): Promise<readonly Change[]> {
    return readList(await this.#transport.get('/v1/changes', { select, for: service }), readChange);
  }

  async change(id: string): Promise<Change> {
    return readChange(await this.#transport.get(`/v1/changes/${encodeURIComponent(id)}`));
  }

  /** Waits until a change has ended and returns it, also when it ended with an error. */
  async waitChange(id: string, options: WaitOptions = {}): Promise<Change> {
    const patience = options.timeoutMs ?? 30_000;
    const deadline = performance.now() + patience;
    for (;;) {
      const slice = Math.max(1, Math.min(waitSlice, deadline - performance.now()));
      try {
        const path = `/v1/changes/${encodeURIComponent(id)}/wait`;
        return readChange(await this.#transport.get(path, { timeout: `${slice.toFixed(0)}ms` }, slice));
      } catch (error) {
        if (!(error instanceof PebbleApiError) || error.status !== 504) throw error;
        if (performance.now() >= deadline) {
          throw new PebbleTimeoutError(`change ${id} did not end within ${patience} ms`, { cause: error, change: id });
        }
      }
    }
  }

  /** Checks of the plan, all or those named; an unknown name is left out. `lastFailure` is not filled in: see {@link Container.checks}. */
  async checks(names: readonly string[] = []): Promise<readonly CheckRecord[]> {
    return readList(await this.#transport.get('/v1/checks', { names: names.join(',') }), readCheck);
  }

  /** Starts checks and says which of them were not running. */
  async startChecks(names: readonly string[]): Promise<readonly string[]> {
    return this.#changeChecks('start', names);
  }

  async stopChecks(names: readonly string[]): Promise<readonly string[]> {
    return this.#changeChecks('stop', names);
  }

  /**
   * Runs a command in the container and returns how it ended, whatever its exit code.
   *
   * @throws PebbleApiError when there is no such executable, service or user; PebbleTimeoutError when the command was killed after `timeoutMs`.
   */
  async exec(command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    return execCommand(this.#transport, command, options, (id, timeoutMs) => this.waitChange(id, { timeoutMs }));
  }

  async #changeServices(action: string, services: readonly string[], options?: WaitOptions): Promise<Change> {
    const { change } = await this.#transport.start('/v1/services', { action, services });
    const ended = await this.waitChange(change, options);
    if (ended.err !== undefined || ended.status !== 'Done') throw new PebbleChangeError(ended);
    return ended;
  }

  async #changeChecks(action: string, checks: readonly string[]): Promise<readonly string[]> {
    const answer = await this.#transport.post('/v1/checks', { action, checks });
    const changed: unknown =
      typeof answer === 'object' && answer !== null && 'changed' in answer ? answer.changed : undefined;
    return Array.isArray(changed) ? changed.map(String) : [];
  }
}

function readList<T>(answer: unknown, read: (entry: unknown) => T): readonly T[] {
  return Array.isArray(answer) ? answer.map(read) : [];
}

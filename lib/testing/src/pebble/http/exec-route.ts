import type { Duplex } from 'node:stream';
import type { ChangeLog, Task } from '../change-log.js';
import { durationMs, durationText } from '../go-time.js';
import type { PlanManager } from '../plan/plan-manager.js';
import { Refused } from '../refused.js';
import type { ExecContext, WorkloadContext, WorkloadSimulation } from '../workload-simulation.js';
import { Payload } from './payload.js';
import type { ApiRequest, Reply } from './reply.js';
import { WebsocketServer } from './websocket-server.js';

/** What running commands needs. */
export interface ExecParts {
  readonly changes: ChangeLog;
  readonly plan: PlanManager;
  readonly workload: WorkloadSimulation;
  readonly users: Readonly<Record<string, number>>;
  readonly journal: (kind: string, detail: string) => void;
  readonly context: () => WorkloadContext;
  readonly execContext: (extra: Omit<ExecContext, keyof WorkloadContext>) => ExecContext;
}

interface Execution {
  readonly task: Task;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir: string;
  readonly user: string;
  readonly timeoutMs: number;
  readonly streams: Map<string, WebsocketServer | undefined>;
  readonly late: NodeJS.Timeout;
}

/** Pebble waits this long, in real time, for the websockets of a command. */
const connectTimeout = 5_000;
const endOfStream = '{"command":"end"}';

/** Commands that clients run: `POST /v1/exec` starts one, its websockets carry the streams. */
export class Executions {
  readonly #parts: ExecParts;
  readonly #running = new Map<string, Execution>();

  constructor(parts: ExecParts) {
    this.#parts = parts;
  }

  start({ body }: ApiRequest): Reply {
    const payload = Payload.parse(body);
    const command = payload.texts('command');
    const [program] = command;
    if (program === undefined) throw new Refused('must specify command');
    const timeout = payload.text('timeout');
    const timeoutMs = timeout === '' ? Infinity : durationMs(timeout);
    if (timeoutMs === undefined) throw new Refused(`invalid timeout: time: invalid duration "${timeout}"`);
    const { workload, changes } = this.#parts;
    if (workload.hasExecutable?.(program, this.#parts.context()) === false) {
      throw new Refused(`cannot find executable "${program}"`);
    }
    const setting = this.#setting(payload);
    const summary = `Execute command "${program}"`;
    const change = changes.add('exec', summary, [{ kind: 'exec', summary }]);
    const [task] = change.tasks;
    if (task === undefined) throw new Refused('cannot call exec: no task', 500);
    const streams = payload.flag('split-stderr') ? ['control', 'stdio', 'stderr'] : ['control', 'stdio'];
    const late = setTimeout(() => {
      this.#running.delete(task.id);
      const problem = `exec ${task.id}: timeout waiting for websocket connections: context deadline exceeded`;
      changes.end(task, 'Error', problem);
    }, connectTimeout);
    const execution = {
      ...setting,
      task,
      command,
      timeoutMs,
      late,
      streams: new Map(streams.map((name) => [name, undefined])),
    };
    this.#running.set(task.id, execution);
    this.#parts.journal('pebble-exec', command.join(' '));
    const result = { environment: setting.environment, 'task-id': task.id, 'working-dir': setting.workingDir };
    return { kind: 'async', change: change.id, result };
  }

  /** Takes over a connection that asks for a websocket of a command. */
  connect(path: string, key: string, socket: Duplex, head: Buffer): void {
    const [, , , taskId = '', , stream = ''] = path.split('/');
    const execution = this.#running.get(taskId);
    if (execution === undefined) throw new Refused(`cannot find task "${taskId}"`, 404);
    if (!execution.streams.has(stream)) {
      throw new Refused(`cannot find ${stream} websocket for task "${taskId}"`, 404);
    }
    execution.streams.set(stream, new WebsocketServer(socket, key, head));
    const connected = [...execution.streams].every(
      ([name, websocket]) => name === 'control' || websocket !== undefined,
    );
    if (!connected || stream === 'control') return;
    clearTimeout(execution.late);
    void this.#run(execution);
  }

  close(): void {
    for (const { late } of this.#running.values()) clearTimeout(late);
    this.#running.clear();
  }

  #setting(payload: Payload): Pick<Execution, 'environment' | 'workingDir' | 'user'> {
    const name = payload.text('service-context');
    const { services } = this.#parts.plan.sections;
    const service = name === '' || !Object.hasOwn(services, name) ? undefined : services[name];
    if (name !== '' && service === undefined) throw new Refused(`context service "${name}" not found`);
    const user = payload.text('user') || service?.user || 'root';
    if (payload.number('user-id') === undefined && !Object.hasOwn(this.#parts.users, user)) {
      throw new Refused(`user: unknown user ${user}`);
    }
    return {
      environment: { ...service?.environment, ...payload.record('environment') },
      workingDir: payload.text('working-dir') || service?.['working-dir'] || '/root',
      user,
    };
  }

  async #run(execution: Execution): Promise<void> {
    const { task, command, streams, environment, workingDir, user, timeoutMs } = execution;
    const stdio = streams.get('stdio');
    const stderr = streams.get('stderr');
    const stdin = await readStdin(stdio);
    const { changes, workload, execContext } = this.#parts;
    try {
      const outcome = await workload.exec(command, execContext({ stdin, environment, workingDir, user }));
      send(stdio, `${outcome.stdout ?? ''}${stderr === undefined ? (outcome.stderr ?? '') : ''}`);
      send(stderr, outcome.stderr ?? '');
      streams.get('control')?.close();
      const timedOut = (outcome.takes ?? 0) > timeoutMs;
      task.data = { 'exit-code': timedOut ? -1 : outcome.exitCode };
      const problem = `timed out after ${durationText(timeoutMs)}: context deadline exceeded`;
      changes.end(task, timedOut ? 'Error' : 'Done', timedOut ? problem : undefined);
    } catch (error) {
      changes.end(task, 'Error', `the simulated workload failed: ${String(error)}`);
    } finally {
      this.#running.delete(task.id);
    }
  }
}

function send(stream: WebsocketServer | undefined, text: string): void {
  if (text !== '') stream?.sendBinary(Buffer.from(text));
  stream?.sendText(endOfStream);
}

async function readStdin(stdio: WebsocketServer | undefined): Promise<string> {
  const pieces: Buffer[] = [];
  for (;;) {
    const message = await stdio?.next();
    if (message === undefined || message.kind === 'text') return Buffer.concat(pieces).toString('utf8');
    pieces.push(message.data);
  }
}

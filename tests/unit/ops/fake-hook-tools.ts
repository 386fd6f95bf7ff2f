import type { HookToolInvocation, HookToolResult, HookTools } from '@charm-ts/ops';

/** What a tool answers: text or JSON on standard output, or an error on standard error. */
export type Answer = string | number | boolean | null | object | FailedTool;

/** A tool's failure. */
export class FailedTool {
  readonly stderr: string;
  readonly exitCode: number;

  constructor(stderr: string, exitCode = 1) {
    this.stderr = stderr;
    this.exitCode = exitCode;
  }
}

export const fails = (stderr: string): FailedTool => new FailedTool(`ERROR ${stderr}\n`);

/** Answers by the longest prefix of `tool arg arg …`; a tool without an answer says nothing and succeeds. */
export class FakeHookTools implements HookTools {
  readonly calls: HookToolInvocation[] = [];
  readonly #answers: Readonly<Record<string, Answer | (() => Answer | Promise<Answer>)>>;

  constructor(answers: Readonly<Record<string, Answer | (() => Answer | Promise<Answer>)>> = {}) {
    this.#answers = answers;
  }

  async run(invocation: HookToolInvocation): Promise<HookToolResult> {
    this.calls.push(invocation);
    const line = lineOf(invocation);
    const [found] = Object.keys(this.#answers)
      .filter((prefix) => line.startsWith(prefix))
      .sort((a, b) => b.length - a.length);
    const entry = found === undefined ? '' : this.#answers[found];
    const answer: unknown = typeof entry === 'function' ? await (entry as () => unknown)() : entry;
    if (answer instanceof FailedTool) return { exitCode: answer.exitCode, stdout: '', stderr: answer.stderr };
    return { exitCode: 0, stdout: answer === '' ? '' : `${JSON.stringify(answer)}\n`, stderr: '' };
  }

  /** The calls as lines, `juju-log` left out; standard input after `<`. */
  get lines(): string[] {
    return this.calls.filter(({ tool }) => tool !== 'juju-log').map(lineOf);
  }

  /** The calls that change something. */
  get writes(): string[] {
    return this.lines.filter(
      (line) => !/^(\S+-get|is-leader|relation-ids|relation-list|opened-ports|goal-state)\b/.test(line),
    );
  }

  /** What was logged, one entry a process. */
  get log(): string[] {
    return this.calls.filter(({ tool }) => tool === 'juju-log').map(({ args }) => `${args[1] ?? ''} ${args[3] ?? ''}`);
  }
}

const lineOf = ({ tool, args, stdin }: HookToolInvocation): string =>
  [tool, ...args, ...(stdin === undefined ? [] : ['<', stdin])].join(' ');

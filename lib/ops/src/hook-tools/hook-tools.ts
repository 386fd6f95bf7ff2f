/** One call of a hook tool: `tool` with `args` and, for tools that read it, standard input. */
export interface HookToolInvocation {
  readonly tool: string;
  readonly args: readonly string[];
  readonly stdin?: string;
}

/** What a hook tool answered. Juju's tools exit with 1 and `ERROR <text>` on standard error when they fail, with 2 for bad flags. */
export interface HookToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The one way in which a charm talks to Juju. A test passes its own. */
export interface HookTools {
  /** Runs a hook tool to its end. A non-zero exit code is a result and not a rejection. */
  run(invocation: HookToolInvocation): Promise<HookToolResult>;
}

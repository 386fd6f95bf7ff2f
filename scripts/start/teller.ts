import type { Journal, JournalEntry } from '@charm-ts/testing';

/** What each kind of effect is called in the story; kinds that are not listed are not told. */
const tellers: Readonly<Record<string, (detail: string) => string>> = {
  'kubernetes-apply': (detail) => `applied ${detail}`,
  'kubernetes-patch': (detail) => `patched ${detail}`,
  'kubernetes-delete': (detail) => `deleted ${detail}`,
  'relation-set': () => 'published relation data',
  'pebble-service': (detail) => `service ${detail.replace(/^\S+: /, '')}`,
};

/** After this long without a line the story says what it waits for, in milliseconds. */
const patience = 3000;

/** Tells the journal's entries as lines: hooks of a unit that follow each other are one line, with what they did and the status that came of it. */
export class Teller {
  readonly #print: (line: string) => void;
  readonly #start = performance.now();
  #unit = '';
  #hooks: string[] = [];
  #effects: string[] = [];
  #status: string | undefined;
  #lastLine = performance.now();

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Follows a journal until the returned function is called. */
  follow(journal: Journal): () => void {
    return journal.subscribe((entry) => {
      this.#take(entry);
    });
  }

  /** A line of its own. */
  say(line: string): void {
    this.flush();
    this.#line(line);
  }

  /** While the work goes on, a line now and then says what is awaited. */
  async waiting<T>(what: string, work: Promise<T>): Promise<T> {
    const timer = setInterval(() => {
      if (performance.now() - this.#lastLine > patience) this.say(`    … waiting for ${what}`);
    }, patience / 4);
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  }

  /** Tells what has been gathered. */
  flush(): void {
    if (this.#hooks.length > 0) {
      this.#line(`  ${this.#unit} ${this.#hooks.join(' → ')}`);
      if (this.#effects.length > 0) this.#line(`      ${[...new Set(this.#effects)].join(', ')}`);
      if (this.#status !== undefined) this.#line(`      ${this.#status}`);
    }
    this.#hooks = [];
    this.#effects = [];
    this.#status = undefined;
  }

  #take({ actor, kind, detail, hook }: JournalEntry): void {
    switch (kind) {
      case 'hook-start':
        if (actor !== this.#unit || this.#status !== undefined) this.flush();
        this.#unit = actor;
        this.#hooks.push(detail);
        break;
      case 'status':
        this.#status = detail;
        break;
      case 'pod-replaced':
        this.say(`  ${actor} pod replaced: ${detail.replace(/^new pod at /, '')}`);
        break;
      case 'pebble-check':
        this.say(`  ${actor} check ${detail.replace(/^\S+: /, '').trim()}`);
        break;
      default: {
        const told = tellers[kind]?.(detail);
        if (told !== undefined && (hook !== undefined || kind === 'pebble-service')) this.#effects.push(told);
      }
    }
  }

  #line(text: string): void {
    this.#lastLine = performance.now();
    const seconds = ((this.#lastLine - this.#start) / 1000).toFixed(1).padStart(5);
    this.#print(`${seconds} s  ${text}`);
  }
}

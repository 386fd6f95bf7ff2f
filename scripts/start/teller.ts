import type { Journal, JournalEntry } from '@charm-ts/testing';

/** What each kind of effect is called in the story; kinds that are not listed are not told. */
const tellers: Readonly<Record<string, (detail: string) => string>> = {
  'kubernetes-apply': (detail) => `applied ${detail}`,
  'kubernetes-patch': (detail) => `patched ${detail}`,
  'kubernetes-delete': (detail) => `deleted ${detail}`,
  'relation-set': () => 'relation data written',
  'pebble-service': (detail) => detail.replace(/^(\S+): (\S+) (\S+)$/, '$2 $3'),
};

/** Tells the journal's entries as lines: hooks of a unit that follow each other are one line, with what they did and the status that came of it. */
export class Teller {
  readonly #print: (line: string) => void;
  readonly #start = performance.now();
  #unit = '';
  #hooks: string[] = [];
  #effects: string[] = [];
  #status: string | undefined;

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

  /** Tells what has been gathered. */
  flush(): void {
    if (this.#hooks.length > 0) {
      this.#line(`  ${this.#unit} ${this.#hooks.join(' → ')}`);
      if (this.#effects.length > 0) this.#line(`      ${compact(this.#effects).join(', ')}`);
      if (this.#status !== undefined) this.#line(`      status ${this.#status}`);
    }
    this.#hooks = [];
    this.#effects = [];
    this.#status = undefined;
  }

  #take({ actor, kind, detail, hook }: JournalEntry): void {
    if (kind === 'hook-start') {
      if (actor !== this.#unit || this.#status !== undefined) this.flush();
      this.#unit = actor;
      this.#hooks.push(detail);
      return;
    }
    if (kind === 'status') this.#status = detail;
    const told = tellers[kind]?.(detail);
    if (told !== undefined && (hook !== undefined || kind === 'pebble-service')) this.#effects.push(told);
    if (kind === 'pod-replaced') this.say(`  ${actor} pod replaced: ${detail}`);
    if (kind === 'pebble-check') this.say(`  ${actor} Pebble: ${detail.replace(/^\S+: /, 'check ')}`);
  }

  #line(text: string): void {
    const seconds = ((performance.now() - this.#start) / 1000).toFixed(1).padStart(5);
    this.#print(`${seconds} s  ${text}`);
  }
}

/** Repeats are told once. */
const compact = (effects: readonly string[]): readonly string[] => [...new Set(effects)];

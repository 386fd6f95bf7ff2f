/** The clock that a daemon follows; the kit's virtual and real clocks both fit. */
export interface DaemonClock {
  now(): Date;
  /** Calls back at every step of the clock; the result ends it. */
  onTick(listener: () => void | Promise<void>): () => void;
}

interface Appointment {
  readonly at: number;
  readonly run: () => void;
}

/** What a daemon does later, in the order in which it is due; each appointment sees the moment for which it was made. */
export class Agenda {
  readonly #clock: DaemonClock;
  #appointments: readonly Appointment[] = [];
  #present: number | undefined;

  constructor(clock: DaemonClock) {
    this.#clock = clock;
  }

  now(): Date {
    return this.#present === undefined ? this.#clock.now() : new Date(this.#present);
  }

  /** Runs something after that many milliseconds; the result cancels it. */
  after(milliseconds: number, run: () => void): () => void {
    const appointment = { at: this.now().getTime() + milliseconds, run };
    this.#appointments = [...this.#appointments, appointment].sort((left, right) => left.at - right.at);
    return () => {
      this.#appointments = this.#appointments.filter((other) => other !== appointment);
    };
  }

  /** Does what is due by the clock's present moment. */
  catchUp(): void {
    const now = this.#clock.now().getTime();
    for (;;) {
      const [next, ...later] = this.#appointments;
      if (next === undefined || next.at > now) return;
      this.#appointments = later;
      this.#present = next.at;
      try {
        next.run();
      } finally {
        this.#present = undefined;
      }
    }
  }

  clear(): void {
    this.#appointments = [];
  }
}

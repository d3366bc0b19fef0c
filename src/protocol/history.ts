import type { Numbered } from "../domain/event.ts";

/** The events a client has, and a way to read along. */
export class History {
  #log: Numbered[] = [];
  #ended = false;
  #changed = Promise.withResolvers<void>();

  get log(): readonly Numbered[] {
    return this.#log;
  }

  push(numbered: Numbered): void {
    this.#log.push(numbered);
    this.#wake();
  }

  /** Everything in it is void. */
  drop(): void {
    this.#log = [];
  }

  /** Readers end with the last event. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** From the first event on, and from the first again after a `drop`. */
  async *read(): AsyncGenerator<Numbered> {
    let log = this.#log;
    for (let i = 0; ; ) {
      if (log !== this.#log) {
        log = this.#log;
        i = 0;
      }
      const next = log[i];
      if (next) {
        i += 1;
        yield next;
      } else if (this.#ended) return;
      else await this.#changed.promise;
    }
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

import type { Numbered } from "../domain/event.ts";
import type { LinkState } from "./link.ts";

/** What is read: a log that grows, or is replaced. */
interface Heard {
  readonly log: readonly Numbered[];
  readonly state: LinkState;
}

/** A way to read along what a session hears. */
export class History {
  readonly #session: Heard;
  #changed = Promise.withResolvers<void>();

  constructor(session: Heard) {
    this.#session = session;
  }

  /** There may be something new. */
  wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  /** From the first event on, and from the first again when the log is another one; ends with the session. */
  async *read(): AsyncGenerator<Numbered> {
    let { log } = this.#session;
    for (let i = 0; ; ) {
      if (log !== this.#session.log) {
        log = this.#session.log;
        i = 0;
      }
      const next = log[i];
      if (next) {
        i += 1;
        yield next;
      } else if (this.#session.state === "closed") return;
      else await this.#changed.promise;
    }
  }
}

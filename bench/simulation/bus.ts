import type { Bus, Hint } from "../../src/ports/bus.ts";
import type { Chance } from "./chance.ts";
import type { Life } from "./store.ts";
import type { Trace } from "./trace.ts";

/** Hints between nodes that are lost, doubled, late and out of order. */
export class FaultyBus {
  readonly #chance: Chance;
  readonly #trace: Trace;
  readonly #listeners = new Set<{ readonly of: Life; readonly hear: (hint: Hint) => void }>();
  calm = false;

  constructor(chance: Chance, trace: Trace) {
    this.#chance = chance;
    this.#trace = trace;
  }

  at(by: Life): Bus {
    return {
      say: (hint) => {
        for (const listener of this.#listeners) {
          if (listener.of === by || !by.alive) continue;
          const lost = !this.calm && this.#chance.happens(0.25);
          this.#trace.count(lost ? "hints_dropped" : "hints");
          const times = lost ? 0 : !this.calm && this.#chance.happens(0.1) ? 2 : 1;
          for (let n = 0; n < times; n++) this.#carry(listener, hint);
        }
      },
      hear: (hear) => {
        const listener = { of: by, hear };
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      close: async () => {},
    };
  }

  #carry(listener: { readonly of: Life; readonly hear: (hint: Hint) => void }, hint: Hint): void {
    const ms = this.#chance.between(0, this.#chance.happens(0.1) ? 800 : 8);
    setTimeout(() => {
      if (listener.of.alive && this.#listeners.has(listener)) listener.hear(hint);
    }, ms);
  }
}

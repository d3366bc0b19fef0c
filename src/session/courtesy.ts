import { BOUNDS } from "../domain/bounds.ts";
import type { Bus } from "../ports/bus.ts";

/** How long after a hint another node counts as at work: three of those it says meanwhile may be lost. */
const HEARD_MS = 1_500;
const SAY_AFTER_MS = 200;
const SAY_EVERY_MS = 500;
const LOOK_EVERY_MS = 100;

/**
 * What one node knows of others at work in a session. Whoever claims a session fences its writer, whose work is then
 * done again: right, but a waste where that was about to end. So a node waits while it hears of such work, a bounded
 * while. It goes by hints alone: lost ones cost work done twice, and nothing else.
 */
export class Courtesy {
  /** How long words that never came are left to whoever was to make them, once nothing is heard of it any more. */
  readonly #patience_ms: number;
  #heard = Number.NEGATIVE_INFINITY;
  #wordless: { readonly reply: number; readonly since: number } | null = null;

  constructor(patience_ms: number) {
    this.#patience_ms = patience_ms;
  }

  /** Another node said that it is at work. */
  heard(): void {
    this.#heard = performance.now();
  }

  /** What another node did has been read; `wordless` is a reply it left without words. */
  read(wordless: { readonly reply: number } | null): void {
    if (wordless && this.#wordless?.reply === wordless.reply) return;
    this.#wordless = wordless && { reply: wordless.reply, since: performance.now() };
    this.#heard = Number.NEGATIVE_INFINITY;
  }

  /** Somebody else is at work, as far as is known here. */
  get others(): boolean {
    const now = performance.now();
    const since = Math.max(this.#heard, this.#wordless?.since ?? this.#heard);
    return now - this.#heard < HEARD_MS || (this.#wordless !== null && now - since < this.#patience_ms);
  }

  /** Resolves when nobody else is at work, or it has taken too long; whether it had to wait. `look` reads what they did. */
  async wait(look: () => Promise<void>): Promise<boolean> {
    const until = performance.now() + BOUNDS.courtesy_ms;
    let waited = false;
    while (this.others && performance.now() < until) {
      waited = true;
      await new Promise((over) => setTimeout(over, LOOK_EVERY_MS));
      await look();
    }
    return waited;
  }
}

/** Lets other nodes know of work on a session that takes its time, until what it gives is called. */
export function atWork(bus: Bus, session: string): () => void {
  let timer: NodeJS.Timeout = setTimeout(() => {
    bus.say({ kind: "working", session });
    timer = setInterval(() => bus.say({ kind: "working", session }), SAY_EVERY_MS);
  }, SAY_AFTER_MS);
  return () => clearTimeout(timer);
}

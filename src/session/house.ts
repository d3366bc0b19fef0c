import type { Measured } from "../asking/ask.ts";
import type { Asker } from "../asking/asker.ts";
import type { Draws } from "../domain/draws.ts";
import type { Event } from "../domain/event.ts";
import type { Limits } from "../domain/limits.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Search } from "../ports/search.ts";
import type { Signer } from "../ports/signer.ts";
import type { Store } from "../ports/store.ts";
import type { Agent } from "../turn/agent.ts";

/** Counts what happens; no labels that could name a person. */
export interface Meter {
  step(events: readonly Event[]): void;
  fault(code: string): void;
  turn(seconds: number): void;
  connections(change: 1 | -1): void;
  /** A question to a model ended. */
  question(measured: Measured): void;
}

/** A vendor's two files as a gateway sells by them; `policy` is the digest of their text. */
export interface Policy {
  readonly vendor: Vendor;
  readonly limits: Limits;
  readonly draws: Draws;
  readonly policy: string;
}

/** What every session of one gateway shares. */
export interface House {
  readonly store: Store;
  readonly search: Search;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  /** Who reads and words with a language model's help; null when the house does it alone. */
  readonly model: { readonly agent: Agent; readonly asker: Asker } | null;
  /** The vendor as it stands now; a running turn keeps the one it began with. */
  policy(): Policy;
  /** Says that something may be due for delivery. */
  wakeOutbox(): void;
}

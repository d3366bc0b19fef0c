import type { Measured } from "../asking/ask.ts";
import type { Asker } from "../asking/asker.ts";
import type { Draws } from "../domain/draws.ts";
import type { Event } from "../domain/event.ts";
import type { FaultCode } from "../domain/fault.ts";
import type { Limits } from "../domain/limits.ts";
import type { Channel, Party } from "../domain/party.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Search } from "../ports/search.ts";
import type { Signer } from "../ports/signer.ts";
import type { Store } from "../ports/store.ts";
import type { Tracer } from "../ports/tracer.ts";
import type { Agent } from "../turn/agent.ts";

/** `repeated`: it had been answered before. `refused`: the message was at fault. `failed`: the gateway was. */
export type TurnOutcome = "replied" | "repeated" | "refused" | "failed";

/** Counts what happens; no labels that could name a person. */
export interface Meter {
  step(events: readonly Event[]): void;
  fault(code: FaultCode): void;
  /** A message was worked on, or refused once it had its turn; `seconds` from its arrival. */
  turn(ended: { readonly channel: Channel; readonly outcome: TurnOutcome; readonly seconds: number }): void;
  /** A message is on disk, so many seconds after it came. */
  ack(channel: Channel, seconds: number): void;
  /** Messages that wait for their session's turn became more or fewer. */
  queued(change: 1 | -1): void;
  connections(change: 1 | -1): void;
  /** A connection entered a session, or left it. */
  peers(tier: Party["tier"] | "staff", change: 1 | -1): void;
  resume(outcome: "resumed" | "epoch_changed" | "seq_unknown"): void;
  /** A peer was told to connect again. */
  reconnect(): void;
  /** Somebody was refused at the door. */
  refused(code: FaultCode): void;
  /** A slow reader was spared a delta. */
  droppedDelta(): void;
  /** A question to a model ended. */
  question(measured: Measured): void;
}

const nothing = () => {};
/** For who plays conversations and counts nothing. */
export const UNCOUNTED: Meter = {
  ...{ step: nothing, fault: nothing, turn: nothing, ack: nothing, queued: nothing, connections: nothing },
  ...{ peers: nothing, resume: nothing, reconnect: nothing, refused: nothing, droppedDelta: nothing },
  question: nothing,
};

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
  /** Hints to and from the vendor's other nodes. */
  readonly bus: Bus;
  /**
   * Milliseconds that a reply's words are left to the node that decided it, once nothing is heard of that any more; 0 where
   * nothing ever would be.
   */
  readonly patience_ms: number;
  /** Milliseconds that one look-up of the goods may take. */
  readonly search_ms: number;
  /** Milliseconds that one of the staff holds a conversation without renewing. */
  readonly lease_ms: number;
  readonly log: Log;
  readonly meter: Meter;
  /** Absent where nobody wants traces. */
  readonly tracer?: Tracer | null;
  /** Who reads and words with a language model's help; null when the house does it alone. */
  readonly model: { readonly agent: Agent; readonly asker: Asker } | null;
  /** The vendor as it stands now; a running turn keeps the one it began with. */
  policy(): Policy;
  /** Where orders are delivered to, each by itself. */
  readonly sinks: readonly string[];
  /** Says that something may be due for delivery. */
  wakeOutbox(): void;
}

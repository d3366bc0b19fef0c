import type { Offer } from "./offer.ts";
import type { OrderDetails } from "./order.ts";
import type { Reasons } from "./reasons.ts";
import type { Move } from "./reply.ts";

/** What an offer takes from one budget in one period and currency; in all `most` may be taken of it. */
export interface Charge {
  readonly account: string;
  readonly amount: number;
  readonly most: number;
}

/** A binding the turn has to carry out: sign the intent, take the stock, append, all in one transaction. */
export interface Binding {
  readonly offer: Offer;
  readonly details: OrderDetails;
  /** Above the vendor's threshold: nothing is signed until a person approves. */
  readonly needs_approval: boolean;
  /** Above it as well, and a person has approved this very offer before it was accepted. */
  readonly approved: boolean;
  /** Taken from the vendor's budgets with it. */
  readonly charges: readonly Charge[];
}

/** What the core decided: the public move and the secret reasons, and what the turn must do about it. */
export interface Decision {
  readonly move: Move;
  readonly reasons: Reasons;
  readonly binding: Binding | null;
  /** Orders the buyer cancels with this turn, by intent id. */
  readonly cancels: readonly string[];
  /** The counterpart leaves: the session closes after this reply. */
  readonly closes: boolean;
}

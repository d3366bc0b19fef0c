import type { Act } from "../../domain/act.ts";
import type { Source } from "../../domain/entry.ts";
import type { Fact } from "../../domain/fact.ts";
import type { Offer } from "../../domain/offer.ts";
import type { Conversation } from "./conversation.ts";
import type { Unsent } from "./outbox.ts";

/** One source of a reply, with all that the reply takes from it, in its own words where it has some. */
export interface Cited {
  readonly title: string;
  readonly source: Source;
  readonly facts: Fact[];
  readonly quotes: string[];
}

/** What the parts of the chat may use and do. */
export interface Stage {
  readonly conversation: Conversation;
  /** The host page's picture of a product, or the one its facts name; null when there is none. */
  picture(sku: string, facts: readonly Fact[]): string | null;
  say(text: string): void;
  act(act: Act): void;
  accept(offer: Offer): void;
  counter(offer: Offer): void;
  /** Opens the read-back of an offer whose details the gateway has. */
  review(offer: Offer): void;
  leaveContact(): void;
  cite(cited: Cited): void;
  /** Takes a refused message away; its words are to be edited. */
  drop(unsent: Unsent): void;
  renew(): void;
}

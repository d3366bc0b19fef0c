import { Conversation } from "../src/arena/conversation.ts";
import type { Act } from "../src/domain/act.ts";
import type { Decision } from "../src/domain/decision.ts";
import { Buyer, type Said } from "./floor-buyer.ts";
import { Dice } from "./floor-dice.ts";
import { Judge } from "./floor-judge.ts";
import { near, weighed } from "./floor-oracle.ts";
import type { FuzzedShop } from "./floor-shop.ts";
import { STYLES } from "./floor-styles.ts";
import { count, type Tally } from "./floor-tally.ts";

/** A Sunday evening: who waits an hour is in another day and week, and in another period of the budgets. */
const OPENED = "2026-03-01T23:20:00.000Z";
/** How often each style plays; the order is that of `STYLES`. */
const SHARES = [34, 14, 16, 14, 12, 10];

/** What a session did wrong, and after which message. */
export interface Broken {
  readonly session: number;
  readonly turn: number;
  readonly style: string;
  readonly what: string;
}

export interface Watching {
  /** What is wrong counts when it begins so; by default all of it. */
  readonly matters?: string;
  readonly show?: (line: object) => void;
}

/** One session of the core against one buyer; all of it follows from the shop and the number. Ends at the first wrong. */
export function playSession(
  shop: FuzzedShop,
  session: number,
  tally: Tally,
  { matters = "", show = () => {} }: Watching = {},
): Broken | null {
  const dice = new Dice(session * 2 + 1);
  const style = STYLES[dice.weighted(SHARES)] ?? "wild";
  const talk = new Conversation(shop.opening, {
    ...{ session: `s${session}`, now: OPENED, currency: dice.chance(60) ? "USD" : "KRW" },
    kind: dice.chance(50) ? "machine" : "person",
  });
  const judge = new Judge(talk);
  const buyer = new Buyer(style, dice);
  const had = { accept: false, near: false };
  const turns = 6 + dice.below(3);
  tally.sessions++;
  count(tally.styles, style);
  count(tally.currencies, talk.state.currency);
  const wrong = (turn: number, what: string | null) =>
    what?.startsWith(matters) ? { session, turn, style, what } : null;
  for (let turn = 0; turn < turns && !talk.state.closed; turn++) {
    for (const change of happens(talk, shop, style, dice)) {
      count(tally.changes, change);
      show({ change });
    }
    const said = buyer.next(talk, judge.announced, turns - turn);
    const before = talk.state;
    judge.hears(said);
    if (attempts(said)) had.accept = true;
    try {
      const decision = "act" in said ? talk.send(said.act) : talk.say(said.reading);
      show({ said, move: decision.move, reasons: decision.reasons });
      const problem = wrong(turn, judge.answered(said, before, decision));
      if (problem) return problem;
      noted(talk, decision, tally, had);
    } catch (error) {
      show({ said, error: String(error) });
      const problem = wrong(turn, judge.refused(said, before, error));
      if (problem) return problem;
      tally.faults++;
      if (error && typeof error === "object" && "code" in error) count(tally.fault_codes, String(error.code));
    }
  }
  if (had.accept) tally.sessions_accepting++;
  if (had.near) {
    tally.sessions_near++;
    count(tally.near_styles, style);
  }
  return null;
}

function happens(talk: Conversation, shop: FuzzedShop, style: string, dice: Dice): string[] {
  const eventful = style === "late" ? 22 : 5;
  const happened: string[] = [];
  if (shop.changed.length > 0 && dice.chance(eventful)) {
    const { what, shop: now } = dice.pick(shop.changed);
    talk.shop = dice.chance(15) ? shop.opening : now;
    happened.push(what);
  }
  if (dice.chance(eventful)) {
    const minutes = dice.chance(50) ? 1 + dice.below(14) : 15 + dice.below(10);
    talk.wait(minutes);
    happened.push(minutes >= 15 ? "expiry" : "wait");
  }
  return happened;
}

function attempts(said: Said): boolean {
  const acts: readonly Act[] = "act" in said ? [said.act] : said.reading.acts;
  return acts.some(({ act }) => act === "accept" || act === "confirm");
}

function noted(
  talk: Conversation,
  { move, binding, reasons }: Decision,
  tally: Tally,
  had: { near: boolean },
): void {
  tally.turns++;
  count(tally.moves, move.act);
  // More than one candidate was looked at only where a strategy bargained.
  if (reasons.candidates > 1) count(tally.strategies, reasons.strategy);
  for (const offer of move.offers) {
    tally.offers++;
    for (const { kind } of offer.discounts) count(tally.discounts, kind);
    if (offer.lines.some(({ gift }) => gift)) count(tally.discounts, "gift");
    if (offer.terms.delivery.fee < offer.terms.delivery.list_fee) count(tally.discounts, "delivery waived");
    if (offer.terms.warranty.fee < offer.terms.warranty.list_fee) count(tally.discounts, "warranty waived");
  }
  if (!binding) return;
  const { shop } = talk;
  tally.bound++;
  count(tally.treatments, binding.offer.tax.treatment);
  for (const { kind } of binding.offer.discounts) count(tally.bound_discounts, kind);
  if (binding.offer.lines.some(({ gift }) => gift)) count(tally.bound_discounts, "gift");
  if (near(weighed(binding.offer, shop))) {
    tally.bound_near++;
    had.near = true;
  }
}

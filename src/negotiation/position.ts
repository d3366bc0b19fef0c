import { canonical, derivedId } from "../domain/hash.ts";
import type { Offer } from "../domain/offer.ts";
import { once } from "../domain/once.ts";
import type { Proposal } from "../domain/proposal.ts";
import { verdictOn } from "./guards.ts";
import type { Decided } from "./input.ts";
import { ladderOf } from "./ladder.ts";
import { type Choice, choiceOf } from "./modes.ts";
import { listOf, sameGoods } from "./order.ts";
import type { Situation } from "./situation.ts";
import type { Space } from "./space.ts";
import type { Stance } from "./stance.ts";
import type { Position } from "./strategies/strategy.ts";
import { goodsOf, theirAfter } from "./theirs.ts";
import { type Range, utilityOf, worthOf } from "./utility.ts";

/** Where the bargain over these goods stands, in the vendor's utilities at today's costs. */
export function positionOf(
  situation: Situation,
  { objective }: Stance,
  range: Range,
  space: Space,
): Position {
  const { state } = situation.input;
  const heard = [...earlierProposals(situation), situation.proposal].map((proposal) => ({
    utility: theirUtility(situation, range, proposal),
    said: saidIn(proposal),
  }));
  const received = heard.map(({ utility }) => utility);
  const sent = sentFor(situation, range);
  return {
    ...{ round: Math.min(state.round + 1, state.rounds), rounds: state.rounds, objective },
    // The last offer can still be taken, but not answered: what it could win by waiting, it would lose with the buyer.
    last_word: state.round + 1 >= state.rounds,
    received,
    sent: sent.map(({ utility }) => utility),
    distinct: new Set(heard.filter(({ utility }) => utility !== null).map(({ said }) => said)).size,
    anchor: anchorOf(situation, sent),
    ladder: () => ladderOf(space, range),
  };
}

/** An offer made, and what it is worth today. */
interface Sent {
  readonly offer: Offer;
  readonly utility: number;
}

/**
 * The latest offer made at other figures than today's: it lists at another price, or it would bring something else or
 * have to bring something else than when it was made.
 */
function anchorOf({ input, order }: Situation, sent: readonly Sent[]): Position["anchor"] {
  const { session, decided = [] } = input;
  for (const { offer, utility } of sent.toReversed()) {
    const then = decided.findLast((one) => firstOffer(session, one) === offer.id)?.reasons;
    if (then?.round === undefined) continue;
    const { net, limit } = verdictOn(offer, input.evidence.products, input);
    const listed = listOf(offer) === order.list;
    if (!listed || net !== then.net || limit !== then.limit) return { round: then.round, utility };
  }
  return null;
}

/** Looked up again in every round; what was decided is of one session and stays as it is. */
const firstOffers = new WeakMap<Decided, string>();

function firstOffer(session: string, decided: Decided): string {
  const id = firstOffers.get(decided) ?? derivedId("of", session, decided.reply, 0);
  firstOffers.set(decided, id);
  return id;
}

/** What a proposal would be worth, or null when it says nothing about a price or a concession for these goods. */
function theirUtility(situation: Situation, range: Range, proposal: Proposal): number | null {
  const { order, wishes, units } = situation;
  const named = theirAfter(situation, proposal);
  const silent = proposal.lower === true || !(wishes.concession && proposal === situation.proposal);
  if (named === null && silent) return null;
  const after = Math.min(named ?? goodsOf(order, units) - order.off, order.list - order.off);
  const gift = proposal.terms.gift === undefined ? null : order.gift;
  return utilityOf(range, worthOf(order, after, wishes.wanted, gift));
}

/** What tells one proposal from another: bids too low to differ in utility are different bids all the same. */
const saidIn = once(({ lines, total, off_bp, terms }: Proposal): string =>
  canonical({ lines, total: total ?? null, off_bp: off_bp ?? null, terms }),
);

/** Their earlier proposals for these very goods. */
function earlierProposals({ input, order }: Situation): Proposal[] {
  let goods = new Map<string, number>();
  return input.state.proposals.filter((proposal) => {
    goods = goodsAfter(goods, proposal);
    const unnamed = proposal.lines.length === 0;
    const same = order.lines.every(({ known, quantity }) => {
      const named = proposal.lines.find((one) => one.sku === known.product.id);
      return named
        ? (named.quantity ?? quantity) === quantity
        : unnamed && goods.get(known.product.id) === quantity;
    });
    const other = unnamed ? goods.size > order.lines.length : proposal.lines.length > order.lines.length;
    return same && !other && proposal.remove.length === 0;
  });
}

/** What was on the table once a proposal was made: a total named for three things says nothing about two of them. */
function goodsAfter(before: Map<string, number>, { lines, remove, counters }: Proposal): Map<string, number> {
  const own = counters === undefined && lines.length > 0 && !lines.some(({ sku }) => before.has(sku));
  const goods = own ? new Map<string, number>() : new Map(before);
  for (const { sku, quantity } of lines) goods.set(sku, quantity ?? goods.get(sku) ?? 1);
  for (const sku of remove) goods.delete(sku);
  return goods;
}

/** The first offer of each reply about these goods, whatever became of it. */
function sentFor({ input, order }: Situation, range: Range): Sent[] {
  const replies = new Set<number>();
  return input.state.standings.flatMap(({ offer, seq }) => {
    if (replies.has(seq) || offer.currency !== order.currency || !sameGoods(order, offer)) return [];
    replies.add(seq);
    const choice = choiceOf(order.modes, offer.terms);
    return choice ? [{ offer, utility: utilityOf(range, worthOfOffer(offer, choice, order)) }] : [];
  });
}

function worthOfOffer({ totals, lines }: Offer, choice: Choice, order: Situation["order"]): number {
  const gift = lines.some((line) => line.gift) ? order.gift : null;
  return worthOf(order, totals.goods - totals.discounts, choice, gift);
}

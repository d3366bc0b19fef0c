import { BOUNDS } from "../domain/bounds.ts";
import type { Evidence } from "../domain/evidence.ts";
import { Fault, type FaultCode } from "../domain/fault.ts";
import { stands } from "../domain/kept.ts";
import type { Offer } from "../domain/offer.ts";
import { isComplete, isUnanswered, OrderDetails, type PartialDetails } from "../domain/order.ts";
import { NO_SUCH_OFFER, otherMarket } from "../domain/problems.ts";
import type { Standing, State } from "../domain/state.ts";
import { chargesOn, maySell } from "./budget.ts";
import { approvalAbove, entitlementCharges, mustBeEntitled } from "./entitlement.ts";
import { holdsFloor, verdictOn } from "./guards.ts";
import { type Input, type Outcome, offerIds } from "./input.ts";
import { placeOf, samePlace } from "./place.ts";
import type { Policy } from "./rules.ts";

/** Why an offer cannot be taken. `message` may be read by the counterpart. */
export interface Obstacle {
  readonly code: FaultCode;
  readonly message: string;
}

/** The standing of an offer; one that was said again stands where it was said last. */
export function standingOf({ standings }: State, id: string): Standing | undefined {
  return standings.findLast((one) => one.offer.id === id);
}

/** Offers that may be taken now, each once, latest last. */
export function openStandings({ state, now }: Pick<Input, "state" | "now">): Standing[] {
  return state.standings.filter(
    (one) => standingOf(state, one.offer.id) === one && one.status === "live" && one.offer.expires_at > now,
  );
}

/** What stands against naming this offer with this hash. */
export function namingObstacle(input: Input, id: string, hash: string | undefined): Obstacle | null {
  const standing = standingOf(input.state, id);
  if (!standing) return unknownOffer(input, id);
  const { offer, status } = standing;
  if (hash !== offer.hash) return obstacle("offer_hash_mismatch", "the hash is not that of this offer");
  if (status === "accepted") return obstacle("offer_already_accepted", "this offer was accepted before");
  if (status === "superseded") return obstacle("offer_superseded", "a newer offer has replaced this one");
  if (status === "rejected") return obstacle("offer_withdrawn", "this offer was turned down");
  if (offer.expires_at <= input.now) {
    return obstacle("offer_expired", `this offer ended at ${offer.expires_at}`);
  }
  return null;
}

/** Throws `unknown_offer` or `foreign_offer` where a typed act is about an offer that was never made here. */
export function mustBeMade(input: Input, id: string | undefined): void {
  if (!input.typed || id === undefined || standingOf(input.state, id)) return;
  const { code, message } = unknownOffer(input, id);
  if (code === "unknown_offer" || code === "foreign_offer") throw new Fault(code, message);
}

/** What stands against selling it now: goods gone since, limits that have changed, a budget spent meanwhile. */
export function sellingObstacle(input: Input, offer: Offer): Obstacle | null {
  const { evidence } = input;
  const gone = goneFrom(offer, evidence);
  if (gone) return obstacle("product_withdrawn", `${gone} is no longer sold`);
  const short = shortOf(offer, evidence);
  if (short) return obstacle("out_of_stock", `not enough of ${short} is left`);
  if (!maySell(input, offer) || !holdsFloor(offer, evidence.products, input)) {
    return obstacle("below_limit", "this offer can no longer be kept; ask for a new one");
  }
  return null;
}

/**
 * What stands against an order that waited for a person. Its units and its share of budgets were taken when it was accepted
 * and are its own, so that only what the vendor has changed since can: goods it no longer sells, floors it has raised.
 */
export function approvingObstacle(
  order: Pick<Offer, "currency" | "lines" | "terms" | "tax" | "totals">,
  products: Evidence["products"],
  policy: Policy,
): Obstacle | null {
  const gone = goneFrom(order, { products });
  if (gone) return obstacle("product_withdrawn", `${gone} is no longer sold; decline the order`);
  return holdsFloor(order, products, policy)
    ? null
    : obstacle("below_limit", "the limits have changed since, and this order is now below them; decline it");
}

/** What stands against these details: some are missing, or the price was worked out for another place. */
export function detailsObstacle(input: Input, offer: Offer, details: PartialDetails): Obstacle | null {
  const missing = details.ship_to ? (details.payer ? null : "payer") : "ship_to";
  if (missing) return obstacle("order_details_missing", `${missing} is needed to place the order`);
  if (details.ship_to && !isComplete(details.ship_to)) {
    return obstacle("order_details_missing", "ship_to needs its city and postal code");
  }
  if (!movedFrom(input, offer, details)) return null;
  const { country = "" } = details.ship_to ?? {};
  const sold = input.vendor.markets
    .filter((market) => market.country === country)
    .map(({ currency }) => currency);
  const mend =
    sold.length > 0 && !sold.includes(offer.currency) ? otherMarket(country, sold) : "ask for a new one";
  return obstacle("ship_to_changed", `this offer was priced for another place; ${mend}`);
}

/** Whether the goods go where fees or tax differ from what the offer was priced for. */
export function movedFrom({ vendor }: Input, offer: Offer, { ship_to }: PartialDetails): boolean {
  if (!ship_to) return false;
  const priced = placeOf(vendor, offer.currency, offer.ship_to);
  const actual = placeOf(vendor, offer.currency, ship_to);
  return !priced || !actual || !samePlace(priced, actual);
}

/** Everything told so far, this message included. */
export function detailsOf({ state, evidence }: Pick<Input, "state" | "evidence">): PartialDetails {
  let details: PartialDetails = state.details;
  for (const act of evidence.acts) {
    const told = act.act === "inform" || act.act === "accept" ? act.details : undefined;
    if (told) details = { ...details, ...told };
  }
  return details;
}

/**
 * Takes the offer. MUST be called only when nothing stands against it.
 * @throws Fault `too_many_orders` when as many of this session's wait for an answer as may, and what entitlement.ts says.
 */
export function bound(input: Input, offer: Offer): Outcome {
  const waiting = input.state.intents.filter(({ status }) => isUnanswered(status)).length;
  if (waiting >= BOUNDS.unanswered_orders) {
    throw new Fault(
      "too_many_orders",
      `${waiting} orders of this session wait for an answer; send this again after an \`order\` event, or cancel one`,
    );
  }
  mustBeEntitled(input, offer);
  const { evidence } = input;
  const above = approvalAbove(input, offer.currency);
  // A currency without a threshold was never cleared for code to sell in alone.
  const beyond = above === undefined || offer.totals.total > above;
  const approved = beyond && standsApproved(input, offer);
  const needs_approval = beyond && !approved;
  const { net, limit, floor } = verdictOn(offer, evidence.products, input);
  return {
    move: { act: needs_approval ? "approval_pending" : "accepted", offers: [offer] },
    binding: {
      ...{ offer, details: OrderDetails.parse(detailsOf(input)), needs_approval, approved },
      charges: [...chargesOn(input, offer), ...entitlementCharges(input, offer)],
    },
    why: { notes: ["bound"], net, limit, floor },
  };
}

/** Whether a person has said yes to these very bytes; an offer made again has another hash. */
function standsApproved({ state }: Input, { id, hash }: Offer): boolean {
  const standing = standingOf(state, id);
  return standing?.approved === true && standing.offer.hash === hash;
}

function obstacle(code: FaultCode, message: string): Obstacle {
  return { code, message };
}

/** How many replies back an id is still known for one of this session's own. */
const REMEMBERED = 512;

function unknownOffer({ session, seq, state, now }: Input, id: string): Obstacle {
  if (state.intents.some((intent) => intent.offer === id)) {
    return obstacle("offer_already_accepted", "this offer was accepted before");
  }
  if (!OWN_FORM.test(id)) return obstacle("unknown_offer", NO_SUCH_OFFER);
  for (let s = seq - 1; s > Math.max(0, seq - REMEMBERED); s--) {
    if (!offerIds({ session, seq: s }).includes(id)) continue;
    return state.standings.every((one) => stands(one, now))
      ? obstacle("offer_withdrawn", `no more than ${BOUNDS.offers_kept} offers are kept; ask again`)
      : obstacle("offer_superseded", "newer offers have replaced this one");
  }
  return obstacle("foreign_offer", "this offer was not made in this session");
}

const OWN_FORM = /^of_[A-Za-z0-9]{16}$/;

function goneFrom(offer: Pick<Offer, "lines">, { products }: Pick<Evidence, "products">): string | undefined {
  return offer.lines.find(({ sku }) => products.get(sku)?.live !== true)?.sku;
}

function shortOf(offer: Offer, { products }: Evidence): string | undefined {
  return offer.lines.find((line) => {
    const wanted = offer.lines
      .filter(({ sku }) => sku === line.sku)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return (products.get(line.sku)?.stock ?? 0) < wanted;
  })?.sku;
}

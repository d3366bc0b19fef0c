import type { ActName } from "../domain/act.ts";
import type { Charge } from "../domain/decision.ts";
import { Fault } from "../domain/fault.ts";
import { digest } from "../domain/hash.ts";
import { formatMoney } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Party } from "../domain/party.ts";
import { allows, countedAs, type Doing, nearest, rightsOf, tierFor } from "../domain/rights.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { Input, Outcome } from "./input.ts";

/** What an act asks a party to be allowed; the others anybody may do who may enter at all. */
const NEEDS: Partial<Record<ActName, Doing>> = { propose: "negotiate", accept: "order", confirm: "order" };

/** Refuses what this party's tier may not do: in words to words, and with the fault for a typed act. */
export function entitled(input: Input, act: ActName): Outcome | null {
  const doing = NEEDS[act];
  if (!doing || mayDo(input, doing)) return null;
  if (input.typed) throw lacking(input, doing);
  return { move: { act: "decline", reasons: ["identity_required"] } };
}

type Who = Pick<Input, "vendor"> & { readonly state: Pick<Input["state"], "party"> };

function mayDo({ state, vendor }: Who, doing: Doing): boolean {
  return allows(rightsOf(vendor.access, state.party.tier), doing);
}

function lacking({ state, vendor }: Who, doing: Doing): Fault {
  const tier = tierFor(vendor.access, doing);
  const mend = tier
    ? `open a session as ${tier.replace("_", " ")} or stronger`
    : "this vendor lets nobody do that here";
  const { tier: shown } = state.party;
  return new Fault("identity_required", `${shown.replace("_", " ")} may not ${doing} here; ${mend}`, {
    detail: { tier: shown, may_not: doing, ...(tier ? { needs: tier } : {}) },
  });
}

/**
 * What stands against this party ordering this, as its tier, its day and its mandate have it. MUST be asked where an order
 * binds; what it allows is charged in the same transaction, so that sessions side by side cannot overdraw.
 * @throws Fault `identity_required`, `mandate_exceeded` or `daily_limit`.
 */
export function mustBeEntitled(input: Input, offer: Offer): void {
  if (!mayDo(input, "order")) throw lacking(input, "order");
  mustBeWithinMandate(input, offer);
  for (const { account, amount, most } of entitlementCharges(input, offer)) {
    if ((input.used?.[account] ?? most) + amount <= most) continue;
    if (account.startsWith(MANDATE)) throw spentMandate(input, account, most);
    throw new Fault("daily_limit", dailyLimit(account, most, input, offer), {
      detail: { retry_after_ms: untilMidnight(input.now), most },
    });
  }
}

function dailyLimit(account: string, most: number, { state }: Input, { currency }: Offer): string {
  const limit = account.endsWith("/orders")
    ? `${most} orders`
    : `orders of ${formatMoney(most, currency, "en")}`;
  const whose = state.party.tier === "anonymous" ? "all who show no identity together" : "one principal";
  return `${limit} a day are the most of ${whose}; the day ends at 00:00 UTC`;
}

function mustBeWithinMandate({ state, now }: Input, offer: Offer): void {
  const { mandate } = state.party;
  if (!mandate) return;
  const refuse = (why: string) => {
    throw new Fault("mandate_exceeded", `the mandate does not cover this order: ${why}`, {
      detail: { mandate: mandate.id, max: mandate.max, currency: mandate.currency },
    });
  };
  if (now >= mandate.until) refuse(`it ended at ${mandate.until}`);
  if (mandate.from !== undefined && now < mandate.from) refuse(`it begins at ${mandate.from}`);
  if (offer.currency !== mandate.currency) refuse(`it is in ${mandate.currency}`);
  const total = committedTotal(offer);
  if (total > mandate.max)
    refuse(`it allows ${formatMoney(mandate.max, mandate.currency, "en")} at most, and this comes to more`);
  if (mandate.min !== undefined && total < mandate.min)
    refuse(`it is for orders of ${formatMoney(mandate.min, mandate.currency, "en")} or more`);
}

function spentMandate({ state }: Input, account: string, most: number): Fault {
  const what = account.endsWith("/orders")
    ? `its ${most} orders are used up`
    : "what is left of its budget is less than this comes to";
  return new Fault("mandate_exceeded", `the mandate does not cover this order: ${what}`, {
    detail: { mandate: state.party.mandate?.id ?? "", most },
  });
}

/** What an order takes of its principal's day and of its mandate. */
export function entitlementCharges(input: Who & Pick<Input, "now">, offer: Offer): Charge[] {
  const { party } = input.state;
  const { orders_per_day, spend_per_day } = rightsOf(input.vendor.access, party.tier);
  const { currency } = offer;
  const total = committedTotal(offer);
  const day = dayOf(party, input.now);
  const charges: Charge[] = [];
  if (orders_per_day) charges.push({ account: `${day}/orders`, amount: 1, most: orders_per_day });
  // A currency without a limit, where others have one, was never cleared to be spent.
  if (spend_per_day)
    charges.push({ account: `${day}/${currency}`, amount: total, most: spend_per_day[currency] ?? 0 });
  const { mandate } = party;
  if (mandate) charges.push({ account: `${MANDATE}${mandate.id}/orders`, amount: 1, most: mandate.uses });
  if (mandate?.budget !== undefined)
    charges.push({ account: `${MANDATE}${mandate.id}/${currency}`, amount: total, most: mandate.budget });
  return charges.filter(({ amount }) => amount > 0);
}

/** The accounts that orders of this party at this moment are charged to. */
export function entitlementAccounts(party: Party, { access }: Vendor, currency: string, now: string) {
  const { orders_per_day, spend_per_day } = rightsOf(access, party.tier);
  const { mandate } = party;
  const day = dayOf(party, now);
  return [
    ...(orders_per_day ? [`${day}/orders`] : []),
    ...(spend_per_day ? [`${day}/${currency}`] : []),
    ...(mandate ? [`${MANDATE}${mandate.id}/orders`] : []),
    ...(mandate?.budget !== undefined ? [`${MANDATE}${mandate.id}/${currency}`] : []),
  ];
}

/** From which total on a person decides about this party's orders; undefined: about all of them. */
export function approvalAbove({ limits, state }: Pick<Input, "limits" | "state">, currency: string) {
  return (nearest(limits.approval_above_by_tier, state.party.tier) ?? limits.approval_above)[currency];
}

const MANDATE = "mandate/";

/** Accounts outlive the session, and a principal may name a person: it stands there as a digest. */
function dayOf(party: Party, now: string): string {
  return `day/${digest(countedAs(party)).slice(0, 22)}/${now.slice(0, 10)}`;
}

function committedTotal({ totals, terms }: Offer): number {
  return totals.total * (terms.subscription?.commitment ?? 1);
}

const DAY_MS = 86_400_000;

function untilMidnight(now: string): number {
  return DAY_MS - (Date.parse(now) % DAY_MS);
}

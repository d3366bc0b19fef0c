import type { Charge } from "../domain/decision.ts";
import type { Budget, Limits } from "../domain/limits.ts";
import type { Offer } from "../domain/offer.ts";
import { verdictOn } from "./guards.ts";
import type { Input } from "./input.ts";
import { ISSUES } from "./modes.ts";
import { matches } from "./rules.ts";

type Given = Pick<Offer, "currency" | "lines" | "terms" | "discounts">;
type Seen = Pick<Input, "limits" | "now"> & { readonly evidence: Pick<Input["evidence"], "products"> };

/**
 * Whether an offer may be sold now: the floor holds, and no budget gives more than is left in it. MUST be asked when
 * an offer is built, when it is sent or said again, and when it is accepted.
 */
export function maySell(input: Input, offer: Offer): boolean {
  return verdictOn(offer, input.evidence.products, input).holds && withinBudgets(input, offer);
}

/** A budget that was not looked up counts as empty. */
export function withinBudgets(input: Seen & Pick<Input, "used">, offer: Given): boolean {
  if (input.limits.budgets.length === 0) return true;
  return chargesOn(input, offer).every(
    ({ account, amount, most }) => (input.used?.[account] ?? most) + amount <= most,
  );
}

/** What an offer takes from each budget it takes from; the same offer on another day may take it from another account. */
export function chargesOn(input: Seen, offer: Given): Charge[] {
  const { budgets } = input.limits;
  return budgets.flatMap((budget) => {
    const amount = givenFrom(budget, offer, input);
    const most = budget.amount[offer.currency] ?? 0;
    return amount > 0 ? [{ account: accountOf(budget, offer.currency, input.now), amount, most }] : [];
  });
}

/** The accounts that offers of this moment are charged to. */
export function accountsAt({ budgets }: Limits, currency: string, now: string): string[] {
  return budgets.map((budget) => accountOf(budget, currency, now));
}

/** "launch/2026-03-02/USD": the budget, the day or the first day of its week or its month, the currency. */
function accountOf({ id, every }: Budget, currency: string, now: string): string {
  const period = { day: now.slice(0, 10), week: mondayOf(now), month: now.slice(0, 7), always: "always" };
  return `${id}/${period[every]}/${currency}`;
}

const DAY_MS = 86_400_000;

function mondayOf(now: string): string {
  const at = Date.parse(now);
  const days = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - days * DAY_MS).toISOString().slice(0, 10);
}

function givenFrom(budget: Budget, offer: Given, { evidence, limits }: Seen): number {
  let listed = 0;
  let ours = 0;
  let own = 0;
  let whole = 0;
  let touched = false;
  for (const { sku, quantity, unit_price, list_price, gift } of offer.lines) {
    if (gift) {
      const cost = limits.gifts.find((one) => one.sku === sku)?.cost[offer.currency];
      whole += (cost ?? list_price) * quantity;
      continue;
    }
    listed += list_price * quantity;
    const product = evidence.products.get(sku)?.product;
    if (product && !matches(budget.match, product)) continue;
    touched = true;
    ours += list_price * quantity;
    own += (list_price - unit_price) * quantity;
  }
  if (!touched) return 0;
  for (const { kind, amount } of offer.discounts) if (kind === "code" || budget.published) whole += amount;
  for (const issue of ISSUES) whole += Math.max(0, offer.terms[issue].list_fee - offer.terms[issue].fee);
  return (own + shareOf(whole, ours, listed)) * (offer.terms.subscription?.commitment ?? 1);
}

/** `amount * part / whole`, rounded up: in doubt a budget is charged more. The product may pass 2^53. */
function shareOf(amount: number, part: number, whole: number): number {
  if (part === whole) return amount;
  const product = BigInt(amount) * BigInt(part);
  return Number((product + BigInt(whole) - 1n) / BigInt(whole));
}

import type { Shop } from "../src/arena/conversation.ts";
import type { Budget, Limits } from "../src/domain/limits.ts";
import type { Offer } from "../src/domain/offer.ts";
import { ruleAt } from "./floor-least.ts";

interface Charge {
  readonly offer: string;
  readonly account: string;
  readonly amount: number;
}

/** What the orders of one session have taken from the vendor's budgets, by books of its own. */
export class Purse {
  #charges: Charge[] = [];

  /** How an offer asks for more than a budget of this moment has left; null when all of them can give it. */
  overdrawn(offer: Offer, shop: Shop, now: string): string | null {
    for (const budget of shop.limits.budgets) {
      const account = accountOf(budget, now);
      const spent = this.#charges.reduce((sum, one) => sum + (one.account === account ? one.amount : 0), 0);
      const asks = given(offer, budget, shop);
      const most = budget.amount[offer.currency] ?? 0;
      if (asks > 0 && spent + asks > most)
        return `past the budget ${budget.id}: ${spent} of ${most} spent, takes ${asks}`;
    }
    return null;
  }

  charge(offer: Offer, shop: Shop, now: string): void {
    for (const budget of shop.limits.budgets) {
      const amount = given(offer, budget, shop);
      if (amount > 0) this.#charges.push({ offer: offer.id, account: accountOf(budget, now), amount });
    }
  }

  giveBack(offer: string): void {
    this.#charges = this.#charges.filter((one) => one.offer !== offer);
  }
}

/** A budget of its period; one session has one currency. */
function accountOf({ id, every }: Budget, now: string): string {
  const day = now.slice(0, 10);
  if (every === "always") return id;
  if (every === "day") return `${id} ${day}`;
  if (every === "month") return `${id} ${day.slice(0, 7)}`;
  const date = new Date(`${day}T00:00:00Z`);
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  return `${id} week of ${date.toISOString().slice(0, 10)}`;
}

/** What is given off the tag, as far as the budget is for it. */
function given(offer: Offer, budget: Budget, { products, limits }: Shop): number {
  let list = 0;
  let meant = 0;
  let off = 0;
  let common = 0;
  for (const line of offer.lines) {
    if (line.gift) {
      common += giftCost(limits, line.sku, offer.currency) * line.quantity;
      continue;
    }
    const amount = line.list_price * line.quantity;
    list += amount;
    const known = products.get(line.sku);
    const rules = [{ match: budget.match ?? {}, negotiable: true }];
    if (known && ruleAt({ ...limits, rules }, known) !== 0) continue;
    meant += amount;
    off += amount - line.unit_price * line.quantity;
  }
  if (meant === 0) return 0;
  for (const { kind, amount } of offer.discounts) if (budget.published || kind === "code") common += amount;
  for (const kind of ["delivery", "warranty", "payment", "returns"] as const)
    common += Math.max(0, offer.terms[kind].list_fee - offer.terms[kind].fee);
  const all = off - Math.floor((-common * meant) / list);
  return all * (offer.terms.subscription?.commitment ?? 1);
}

function giftCost({ gifts }: Limits, sku: string, currency: string): number {
  return gifts.find((gift) => gift.sku === sku)?.cost[currency] ?? 0;
}

import type { DatabaseSync } from "node:sqlite";
import type { ScarceShop } from "./floor-store-shop.ts";

/** What one day shows when the stored orders are counted anew, from their signed text alone. */
export interface DayCount {
  readonly orders: number;
  readonly units: number;
  /** Units sold beyond what was on the shelves that morning, and shelves that hold not what is left of it. */
  readonly oversold: number;
  readonly adrift: number;
  readonly negative: number;
}

export interface BudgetCount {
  /** Minor units given beyond a budget, over all accounts, and accounts whose stored sum is another. */
  readonly overspent: number;
  readonly adrift: number;
  readonly accounts: number;
  /** Accounts given out to nine tenths or more. */
  readonly nearly_spent: number;
}

interface Terms {
  readonly currency: string;
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly unit_price: number;
    readonly list_price: number;
    readonly gift?: boolean;
  }[];
  readonly terms: Readonly<Record<string, { readonly fee?: number; readonly list_fee?: number } | null>>;
  readonly discounts: readonly { readonly kind: string; readonly amount: number }[];
  readonly plan?: { readonly commitment: number };
}

const VALID = "i.status NOT IN ('cancelled', 'declined', 'rejected', 'expired')";

export function shelves(db: DatabaseSync): Map<string, bigint> {
  const statement = db.prepare("SELECT sku, on_hand FROM stock");
  statement.setReadBigInts(true);
  return new Map(statement.all().map(({ sku, on_hand }) => [String(sku), on_hand as bigint]));
}

/** Orders bound since the instant `since`, against what stood on the shelves then. */
export function countDay(db: DatabaseSync, since: string, before: ReadonlyMap<string, bigint>): DayCount {
  const rows = db
    .prepare(
      `SELECT json_extract(l.value, '$.sku') AS sku, sum(json_extract(l.value, '$.quantity')) AS units
       FROM intent i, json_each(i.payload, '$.lines') l
       WHERE ${VALID} AND json_extract(i.payload, '$.issued_at') >= ? GROUP BY 1`,
    )
    .all(since);
  const orders = db
    .prepare(
      `SELECT count(*) AS n FROM intent i WHERE ${VALID} AND json_extract(payload, '$.issued_at') >= ?`,
    )
    .get(since);
  const sold = new Map(rows.map(({ sku, units }) => [String(sku), BigInt(Number(units))]));
  let oversold = 0n;
  let adrift = 0;
  let negative = 0;
  for (const [sku, left] of shelves(db)) {
    const had = before.get(sku) ?? 0n;
    const gone = sold.get(sku) ?? 0n;
    if (gone > had) oversold += gone - had;
    if (left !== had - gone) adrift += 1;
    if (left < 0n) negative += 1;
  }
  const units = [...sold.values()].reduce((sum, n) => sum + n, 0n);
  return { orders: Number(orders?.n), units: Number(units), oversold: Number(oversold), adrift, negative };
}

/** Every valid order of the whole run against every budget, in exact fractions. */
export function countBudgets({ beside: db, budgets, gifts }: ScarceShop): BudgetCount {
  const categories = new Map(
    db
      .prepare("SELECT id, json_extract(body, '$.category') AS category FROM entry WHERE kind = 'product'")
      .all()
      .map(({ id, category }) => [String(id), String(category)]),
  );
  const rows = db
    .prepare(
      `SELECT i.payload AS payload, date(x.at) AS day, strftime('%Y-%m', x.at) AS month,
         date(x.at, 'weekday 0', '-6 days') AS week
       FROM intent i JOIN (SELECT session, seq, json_extract(json, '$.at') AS at FROM event) x
         ON x.session = i.session AND x.seq = json_extract(i.payload, '$.seq')
       WHERE ${VALID}`,
    )
    .all();
  const given = new Map<string, bigint>();
  const most = new Map<string, bigint>();
  for (const row of rows) {
    const terms = JSON.parse(String(row.payload)) as Terms;
    const cost = (sku: string) => BigInt(gifts.find((gift) => gift.sku === sku)?.cost[terms.currency] ?? 0);
    for (const { id, match, amount, every, published } of budgets) {
      const prefix = match?.category ?? "";
      const ours = (sku: string) => (categories.get(sku) ?? "").startsWith(prefix);
      const sum = givenBy(terms, ours, cost, published);
      const account = `${id}/${every === "always" ? "always" : row[every]}/${terms.currency}`;
      given.set(account, (given.get(account) ?? 0n) + sum);
      most.set(account, BigInt(amount[terms.currency] ?? 0));
    }
  }
  let overspent = 0n;
  let adrift = 0;
  let nearly_spent = 0;
  const stored = db.prepare("SELECT spent FROM budget WHERE account = ?");
  for (const [account, sum] of given) {
    const limit = most.get(account) ?? 0n;
    if (sum > limit) overspent += sum - limit;
    if (sum * 10n >= limit * 9n) nearly_spent += 1;
    if (BigInt(Number(stored.get(account)?.spent ?? 0)) !== sum) adrift += 1;
  }
  return { overspent: Number(overspent), adrift, accounts: given.size, nearly_spent };
}

function givenBy(
  { lines, terms, discounts, plan }: Terms,
  ours: (sku: string) => boolean,
  cost: (sku: string) => bigint,
  published: boolean,
): bigint {
  const sold = lines.filter((line) => !line.gift);
  const list = (some: Terms["lines"]) =>
    some.reduce((sum, line) => sum + BigInt(line.list_price) * BigInt(line.quantity), 0n);
  const own = sold.filter(({ sku }) => ours(sku));
  const [part, whole] = [list(own), list(sold)];
  if (own.length === 0) return 0n;
  let sum = 0n;
  for (const line of own) sum += BigInt(line.list_price - line.unit_price) * BigInt(line.quantity);
  let order = 0n;
  for (const { kind, amount } of discounts) if (kind === "code" || published) order += BigInt(amount);
  for (const term of Object.values(terms)) order += BigInt((term?.list_fee ?? 0) - (term?.fee ?? 0));
  for (const line of lines) if (line.gift) order += cost(line.sku) * BigInt(line.quantity);
  const share = order * part;
  sum += share % whole === 0n ? share / whole : share / whole + 1n;
  return sum * BigInt(plan?.commitment ?? 1);
}

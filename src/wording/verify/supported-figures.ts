import type { Fact } from "../../domain/fact.ts";
import type { Offer } from "../../domain/offer.ts";
import type { Card, Move } from "../../domain/reply.ts";
import { type Figure, figuresIn } from "./figures.ts";
import { remembered } from "./remembered.ts";
import type { Role } from "./roles.ts";

/** A figure that may be said, and as what. */
export interface Backed extends Pick<Figure, "kind" | "key"> {
  readonly roles: ReadonlySet<Role>;
  /** The products it is true of; empty where it is about none in particular. */
  readonly about: ReadonlySet<string>;
  /** Content words of the policy sentence it comes from; some must be said with it. Null where none need be. */
  readonly bag: ReadonlySet<string> | null;
  /** Only the counterpart named it: it may be refused, not offered. */
  readonly theirs: boolean;
}

/** Amounts of the move: its offers, products, orders, and what the counterpart proposed. */
export function amountsOf(move: Move): Backed[] {
  const out: Backed[] = move.offers.flatMap(offered);
  const currency = move.offers[0]?.currency ?? move.results[0]?.currency ?? move.intents[0]?.currency;
  for (const card of move.results)
    out.push(amount(card.currency, card.list_price, ["unit", "list", "any"], [card.sku]));
  for (const intent of move.intents) out.push(amount(intent.currency, intent.total, ["total", "any"]));
  for (const { facts } of move.answers) {
    for (const { kind, value, unit, about } of facts)
      if (kind === "price" && typeof value === "number" && unit !== undefined)
        out.push(
          amount(unit, value, ["unit", "list", "any", "delivery", "warranty"], about === null ? [] : [about]),
        );
  }
  if (!move.proposal || currency === undefined) return out;
  const { total, lines } = move.proposal;
  for (const theirs of [total, ...lines.map((line) => line.unit_price)])
    if (theirs !== undefined) out.push({ ...amount(currency, theirs, EVERY), theirs: true });
  return out;
}

/** They may have meant it as anything. */
const EVERY: readonly Role[] = ["total", "unit", "goods", "list", "discount", "delivery", "warranty", "any"];

/** Figures of the facts that are cited, of ratings, stock, quantities and the counts of what is shown. */
export function figuresOf(move: Move, facts: readonly Fact[]): Backed[] {
  const out: Backed[] = facts.flatMap(stated);
  for (const card of move.results) out.push(...rated(card), ...titled(card.title, card.sku));
  for (const { lines } of move.offers) for (const line of lines) out.push(...titled(line.title, line.sku));
  for (const { title, about } of move.answers) if (title !== undefined) out.push(...titled(title, about));
  if (move.ask === "choice") for (const choice of move.choices) out.push(...titled(choice, null));
  for (const { lines, terms, tax } of move.offers) {
    for (const line of lines) out.push(count(line.quantity, [line.sku]));
    out.push(count(lines.length));
    out.push({ ...plain("percent", String(tax.rate_bp / 100)), roles: new Set<Role>(["tax", "any"]) });
    const { delivery, warranty, payment, returns, subscription } = terms;
    const { days_min, days_max } = delivery;
    out.push(measure(days_min === days_max ? `${days_max}` : `${days_min}..${days_max}`, "day", "delivery"));
    if (warranty.months > 0) out.push(measure(String(warranty.months), "month", "warranty"));
    if (payment.days > 0) out.push(measure(String(payment.days), "day", "payment"));
    if (returns.days > 0) out.push(measure(String(returns.days), "day", "returns"));
    if (subscription) out.push(measure(String(subscription.every_months), "month", "subscription"));
  }
  if (move.results.length > 0) out.push(count(move.results.length));
  if (move.offers.length > 1) out.push(count(move.offers.length));
  if (move.choices.length > 0 && move.ask === "choice") out.push(count(move.choices.length));
  for (const line of move.proposal?.lines ?? [])
    if (line.quantity !== undefined) out.push({ ...count(line.quantity), theirs: true });
  return out;
}

function offered({ currency, lines, discounts, terms, tax, totals }: Offer): Backed[] {
  const out: Backed[] = [];
  const say = (minor: number, roles: readonly Role[], about: readonly string[] = []) =>
    out.push(amount(currency, minor, roles, about));
  say(totals.total, ["total", "any"]);
  say(totals.goods, ["goods"]);
  say(tax.amount, ["tax"]);
  say(totals.discounts, ["discount"]);
  for (const line of lines) {
    if (line.gift) continue;
    say(line.unit_price, ["unit", "any"], [line.sku]);
    if (line.list_price !== line.unit_price) say(line.list_price, ["list"], [line.sku]);
    else say(line.list_price, ["list"], [line.sku]);
  }
  for (const discount of discounts) say(discount.amount, ["discount"]);
  for (const thing of ["delivery", "warranty", "payment", "returns"] as const) {
    say(terms[thing].fee, [thing]);
    if (terms[thing].list_fee > terms[thing].fee) say(terms[thing].list_fee, ["list"]);
  }
  return out;
}

function stated({ kind, about, value, unit }: Fact): Backed[] {
  const of = new Set(about === null ? [] : [about]);
  if (kind === "review")
    return typeof value === "number" ? [{ ...plain("number", String(value)), roles: RATING }] : [];
  if (kind === "stock" && typeof value === "number") return [...counted(value, of, new Set<Role>(["stock"]))];
  if (typeof value === "string")
    return figuresOfWords(value).figures.map((figure) => ({ ...plain(figure.kind, figure.key), about: of }));
  if (typeof value !== "number") return [];
  return figuresOfWords(unit === undefined ? String(value) : `${value} ${unit}`).figures.map((figure) => ({
    ...plain(figure.kind, figure.key),
    about: of,
  }));
}

/** Titles and values come again in every turn that their product is in. */
const figuresOfWords = remembered(5_000, figuresIn);

/** Sizes in a title ("1kg", "27"), said with or without its unit. */
function titled(title: string, sku: string | null): Backed[] {
  const about = new Set(sku === null ? [] : [sku]);
  return figuresOfWords(title)
    .figures.filter(({ kind }) => kind === "measure")
    .map(({ kind, key }) => ({ ...plain(kind, key), about }));
}

const RATING: ReadonlySet<Role> = new Set<Role>(["rating"]);

function rated({ sku, rating, stock }: Card): Backed[] {
  const about = new Set([sku]);
  const out = counted(stock, about, new Set<Role>(["stock"]));
  if (!rating) return out;
  const mean = String(rating.mean10 / 10);
  for (const n of [mean, String(rating.count), "5"]) {
    out.push({ ...plain("number", n), roles: RATING, about }, { ...plain("count", n), roles: RATING, about });
    out.push({ ...plain("measure", `${n} star`), roles: ANY, about });
  }
  return out;
}

const ANY: ReadonlySet<Role> = new Set<Role>(["any"]);

function amount(
  currency: string,
  minor: number,
  roles: readonly Role[],
  about: readonly string[] = [],
): Backed {
  return { ...plain("amount", `${currency} ${minor}`), roles: new Set(roles), about: new Set(about) };
}

function measure(value: string, unit: string, role: Role): Backed {
  return { ...plain("measure", `${value} ${unit}`), roles: new Set([role]) };
}

function count(n: number, about: readonly string[] = []): Backed {
  return { ...plain("count", String(n)), about: new Set(about) };
}

function counted(n: number, about: ReadonlySet<string>, roles: ReadonlySet<Role>): Backed[] {
  return [{ ...plain("count", String(n)), about, roles }];
}

function plain(kind: Figure["kind"], key: string): Backed {
  return { kind, key, roles: ANY, about: new Set(), bag: null, theirs: false };
}

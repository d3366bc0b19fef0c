import type { Currency } from "../domain/money.ts";
import type { Discount, Tax } from "../domain/offer.ts";
import type { OrderStatus } from "../domain/order.ts";
import type { Channel } from "../domain/party.ts";
import type { Comparison, MoveAct, MoveReason, Slot } from "../domain/reply.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";

/** Who is spoken to and in whose name; the rest of what words may say is in the move. */
export interface Context {
  readonly lang: Lang;
  readonly channel: Channel;
  readonly currency: Currency;
  readonly vendor: Vendor;
}

/** A question, and how it is put again after silence: in other words, and short. */
export interface Question {
  readonly ask: string;
  readonly again: string;
}

/**
 * Everything a language needs. Amounts arrive as text already (written or spoken), names already harmless.
 * `reasons` and `asks` serve the written and the spoken face alike, so they are short and carry no figures.
 */
export interface Templates {
  readonly reasons: Readonly<Record<MoveReason, string>>;
  readonly asks: Readonly<Record<Slot, Question>>;
  /** What closes a reply that asks for nothing in particular; an empty `ask` closes without a question. */
  /** A price they named is too low, with rounds to come. */
  readonly notYet: string;
  /** Heads an offer at the price they named. */
  readonly met: string;
  /** The rest of an address whose street is told. */
  readonly town: Question;
  readonly closings: Readonly<Record<MoveAct, Question>>;
  /** To whoever asks for a person: one is coming, nobody is there, how to reach them is noted. */
  readonly people: Readonly<Record<"waiting" | "callback" | "taken", string>>;
  /** The whole sentence when a move says nothing besides its act. */
  readonly plain: Readonly<Record<MoveAct, string>>;
  /** What stands above the offers of a reply, by act, and above several packages. */
  readonly heads: Readonly<Record<MoveAct, string>>;
  /** The head when a better price was all they asked for, and here it is. */
  readonly lowered: string;
  readonly packages: {
    readonly head: string;
    readonly stay: string;
    readonly common: string;
    readonly closing: Question;
  };
  readonly written: WrittenTemplates;
  readonly answers: AnswerTemplates;
  readonly spoken: SpokenTemplates;
  /** Names of specs whose entry brings no label, by key; others are named by their key. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface WrittenTemplates {
  line(title: string, quantity: string, unit: string, list: string | null): string;
  gift(title: string, quantity: string): string;
  discounts(parts: readonly string[]): string;
  discount(kind: Discount["kind"], id: string, amount: string): string;
  delivery(label: string, min: number, max: number, fee: string): string;
  warranty(months: number, fee: string): string;
  payment(days: number, fee: string): string;
  returns(days: number, fee: string): string;
  subscription(months: number, times: number): string;
  /** `list` is given when the fee is lower than listed; `amount` is null when nothing is charged. */
  fee(amount: string | null, list: string | null): string;
  readonly included: string;
  tax(treatment: Tax["treatment"], name: string, rate: string, amount: string): string;
  total(amount: string): string;
  /** `local` is true when the time is that of the place of delivery (Korea), else it is UTC. */
  expires(month: number, day: number, time: string, local: boolean): string;
  shipTo(place: string): string;
  billTo(payer: string): string;
  /** The buyer's own reference. */
  reference(purchaseOrder: string): string;
  markets(places: readonly string[]): string;
  /** Where it is sold in another currency than this conversation's. */
  otherMarket(place: string, currency: string): string;
  readonly results: string;
  readonly comparison: string;
  readonly price: string;
  readonly rating: string;
  readonly stockRow: string;
  stock(units: number): string;
  order(id: string, total: string, subscription: boolean): string;
  pending(id: string, total: string): string;
  cancelled(id: string): string;
  status(id: string, status: OrderStatus, total: string): string;
  readonly next: string;
  readonly pendingNext: string;
  notUnderstood(phrase: string): string;
  soughtFor(phrase: string): string;
  heard(phrase: string): string;
  /** What the reasons say, of the products or codes they speak of. */
  concerns(names: readonly string[], said: string): string;
  /** What they just took, under its number if it has one. */
  taken(number: string | null, label: string): string;
  readonly choices: string;
  contact(email: string, hours: string): string;
  readonly help: readonly string[];
  /** What kinds of goods there are. */
  sells(kinds: string): string;
  /** To who was not understood before anything was spoken of: what can be asked here. */
  readonly canAsk: string;
}

export interface AnswerTemplates {
  /** `subject` is null when the answer is about the shop or an unnamed product. */
  spec(subject: string | null, key: string, label: string, value: string): string;
  flag(subject: string | null, label: string, value: boolean): string;
  list(subject: string | null): string;
  price(subject: string | null, amount: string): string;
  stock(subject: string | null, units: number, count: string): string;
  /** A term of the shop with its own label: "Standard delivery: 2-5 days." */
  term(label: string, value: string): string;
  /** Parts of what a term of the shop comes to. */
  readonly terms: {
    readonly free: string;
    /** Nothing is charged beside the goods. */
    readonly noCharge: string;
    share(percent: string): string;
    off(percent: string): string;
    freeFrom(amount: string): string;
  };
  title(name: string): string;
  described(quote: string): string;
  policy(quote: string): string;
  faq(quote: string): string;
  answer(quote: string, byVendor: boolean): string;
  /** `stars` of five, as the customer gave them; `date` as it is written; `foreign`: not in this language. */
  review(quote: string, nth: number, given: ReviewGiven): string;
  /** What somebody says otherwise than the typed fact before it, the first such or a further one; unquoted when spoken. */
  otherwise(
    who: "description" | "vendor" | "customer",
    quote: string | null,
    nth: number,
    foreign: boolean,
  ): string;
  /** Closes what contradicts itself: which of it counts. */
  readonly counts: string;
  /** All that is written about it is in another language than is spoken. */
  readonly foreignOnly: string;
  notKnown(subject: string | null, topic: string | null): string;
  /** What can be done where nothing is stated; `email` is null where it is spoken. */
  instead(email: string | null): string;
  /** "3.8 of 5 stars". */
  stars(mean: string): string;
  /** A calendar date ("2026-11-14"), to read. */
  date(iso: string): string;
  readonly ratings: RatingTemplates;
  readonly verdicts: VerdictTemplates;
  /** A value with its unit, to read. */
  value(text: string, unit: string): string;
  /** A value with its unit, to speak; `one` when the value is exactly one. */
  spokenValue(words: string, unit: string, one: boolean): string;
  spokenRange(from: string, till: string, unit: string): string;
  readonly yes: string;
  readonly no: string;
}

export interface ReviewGiven {
  readonly stars: string | null;
  readonly date: string | null;
  readonly foreign: boolean;
}

/** What all reviews of a product come to. Counts come with their counter: "4 reviews", "네 개". */
export interface RatingTemplates {
  none(subject: string | null): string;
  mean(subject: string | null, reviews: string, mean: string | null, one: boolean): string;
  /** Reviews with 4 or 5 stars, and with 3 or fewer; null for none of them. */
  spread(high: string | null, low: string | null, one: boolean): string;
  newest(subject: string | null, date: string): string;
  /** `given` is null where none of them gives so many. */
  stars(stars: string, given: string | null, reviews: string, one: boolean): string;
  reviews(n: number, spoken: boolean): string;
}

interface Shown {
  readonly title: string;
  readonly value: string;
}

/** What was asked of products side by side. */
export interface VerdictTemplates {
  readonly holds: Readonly<Record<"yes" | "no", string>>;
  best(
    titles: readonly string[],
    value: string,
    others: readonly Shown[],
    verdict: NonNullable<Comparison["verdict"]>,
    label: string,
  ): string;
  alike(label: string, value: string, of: number): string;
  /** A null value is not stated. */
  each(label: string, shown: readonly { readonly title: string; readonly value: string | null }[]): string;
}

export interface SpokenTemplates {
  /** Stands for a product whose title cannot be spoken. */
  readonly thing: string;
  item(title: string, quantity: number): string;
  more(items: string, others: number): string;
  delivery(min: number, max: number): string;
  warranty(months: number): string;
  /** Units on hand, with a counter. */
  units(n: number): string;
  payment(days: number): string;
  returns(days: number): string;
  subscription(months: number): string;
  readonly single: string;
  /** A question that names the offer and ends on its price. */
  offer(items: string, extras: readonly string[], total: string): string;
  /** The same as a statement. */
  stated(items: string, extras: readonly string[], total: string): string;
  final(items: string, extras: readonly string[], total: string): string;
  packages(options: readonly { readonly what: string; readonly total: string }[]): string;
  readback(items: string, extras: readonly string[], total: string): string;
  results(titles: readonly string[], from: string, near: boolean): string;
  comparison(products: readonly { readonly title: string; readonly price: string }[]): string;
  choices(titles: readonly string[]): string;
  order(total: string): string;
  pending(total: string): string;
  /** `latest` when there are more orders than this one. */
  status(status: OrderStatus, total: string, latest: boolean): string;
  readonly cancelled: string;
  readonly help: string;
  /** Some of the kinds of goods there are; `more` where there are others. */
  sells(kinds: string, more: boolean): string;
  readonly handoff: string;
  readonly symbols: Readonly<Record<"percent" | "and" | "plus" | "inch" | "by", string>>;
}

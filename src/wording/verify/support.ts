import type { Fact } from "../../domain/fact.ts";
import type { Move, Words } from "../../domain/reply.ts";
import type { State } from "../../domain/state.ts";
import { inLang, type Lang } from "../../domain/text.ts";
import type { Vendor } from "../../domain/vendor.ts";
import { type Anchors, anchorsOf } from "./anchors.ts";
import { AVAILABLE, CLAIMS, FREE, GONE, SCARCE, THINGS, YES } from "./claim-patterns.ts";
import { type Compared, comparedIn } from "./comparisons.ts";
import { type Figure, figuresIn } from "./figures.ts";
import { matches } from "./gate.ts";
import { GOODS } from "./goods-words.ts";
import { detailsOf, namesOf } from "./move-names.ts";
import { blank, type Names, namesFrom } from "./names.ts";
import { withDigits } from "./numerals.ts";
import type { Objection } from "./objection.ts";
import { type Package, packagesOf } from "./packages.ts";
import { remembered } from "./remembered.ts";
import { type Role, roleOf, sentenceAround } from "./roles.ts";
import { amountsOf, type Backed, figuresOf } from "./supported-figures.ts";

/** Everything a reply to one move may claim. Made once, used for each of its sentences. */
export interface Support {
  readonly lang: Lang;
  readonly currency: string;
  readonly act: Move["act"];
  readonly names: Names;
  readonly figures: readonly Backed[];
  readonly anchors: Anchors;
  /** The prices contain their tax. */
  readonly taxIn: boolean;
  /** All-in totals, as figures are keyed. */
  readonly totals: ReadonlySet<string>;
  /** Lower-case words the sources use. */
  readonly words: ReadonlySet<string>;
  /** Ids of claims the sources make. */
  readonly claims: ReadonlySet<string>;
  /** Things that cost nothing, as in "delivery". */
  readonly free: ReadonlySet<string>;
  readonly compared: Compared;
  readonly packages: readonly Package[];
  /** SKUs given free of charge. */
  readonly gifts: ReadonlySet<string>;
  /** The move turns down something of what they asked. */
  readonly refuses: boolean;
  /** Units on hand by SKU, and whether anything is known to be there, or gone. */
  readonly stock: ReadonlyMap<string, number>;
  readonly available: boolean;
  readonly gone: boolean;
  readonly scarce: boolean;
  /** The reply grants what they proposed. */
  readonly granted: boolean;
  readonly placed: boolean;
  readonly confirmed: boolean;
  readonly cancelled: boolean;
  /** More than one unit of something is offered. */
  readonly several: boolean;
  /** Source texts that may be quoted word for word, lower-case, single spaces. */
  readonly quotable: readonly string[];
  readonly contacts: readonly string[];
  /** What was found in each sentence and clause so far: most are checked alone, beside another and in the whole. */
  readonly found: Map<string, readonly Objection[]>;
}

export interface SupportContext {
  readonly vendor: Vendor;
  readonly state: State;
  readonly lang: Lang;
  /** Their message; it supports nothing, since anybody may write anything. */
  readonly counterpart: string;
}

/** Reads the support off the move, its house words and the texts of the vendor's own that it cites. */
export function supportOf(move: Move, house: Words, context: SupportContext): Support {
  const { lang, vendor, state } = context;
  const facts = [
    ...move.answers.flatMap((answer) => answer.facts),
    ...move.results.flatMap((card) => card.specs),
  ];
  const names = namesFrom(namesOf(move, facts, vendor, lang), claims);
  const own = [
    unquoted(house.text),
    unquoted(house.speech),
    ...facts.filter(isOwn).map((fact) => fact.text ?? ""),
  ];
  const sources = own.map((text) => inDigits(blank(text.normalize("NFKC"), names).text));
  const said = sources.flatMap((source, i) => (i < 2 ? saidIn(source, false) : saidInPolicy(source)));
  // What is typed says what it is about; the same figure read off the words would not.
  const typed = [...amountsOf(move), ...figuresOf(move, facts)];
  const abouts = new Map<string, ReadonlySet<string>>();
  for (const { kind, key, about, theirs } of typed) {
    if (theirs) continue;
    const id = `${kind} ${key}`;
    const before = abouts.get(id);
    const open = about.size === 0 || before?.size === 0;
    abouts.set(id, open ? new Set() : new Set([...(before ?? []), ...about]));
  }
  const skus = new Set(move.offers.flatMap((offer) => offer.lines.map((line) => line.sku)));
  const stock = new Map(move.results.map((card) => [card.sku, card.stock]));
  for (const fact of facts)
    if (fact.kind === "stock" && fact.about !== null && typeof fact.value === "number")
      stock.set(fact.about, fact.value);
  for (const sku of skus)
    if (!stock.has(sku) && !move.reasons.includes("out_of_stock")) stock.set(sku, Number.POSITIVE_INFINITY);
  const text = sources.join("\n");
  const words = wordsOf([
    text,
    goodsIn(context.counterpart),
    inLang(vendor.name, lang),
    ...move.offers.map(({ tax }) => tax.name),
    ...labelsOf(facts),
    ...names.words,
  ]);
  const statuses = move.intents.map((intent) => intent.status);
  return {
    lang,
    currency: state.currency,
    act: move.act,
    names,
    figures: [
      ...typed,
      ...said.map((backed) => ({
        ...backed,
        about: abouts.get(`${backed.kind} ${backed.key}`) ?? backed.about,
      })),
    ],
    words,
    anchors: anchorsOf(move, {
      lang,
      words,
      texts: [...sources, ...facts.map(yesOrNo)],
      counterpart: context.counterpart,
    }),
    taxIn:
      move.offers.length > 0 && move.offers.every(({ tax }) => tax.treatment !== "added" || tax.amount === 0),
    totals: new Set(move.offers.map(({ currency, totals }) => `${currency} ${totals.total}`)),
    claims: new Set([
      ...claimsIn(text),
      ...(isLast(move) ? ["last_word"] : []),
      ...(takesBack(move) ? ["return_terms"] : []),
    ]),
    free: freeThings(move, text),
    compared: comparedIn(move),
    packages: packagesOf(move, vendor, lang),
    gifts: new Set(
      move.offers.flatMap(({ lines }) => lines.filter((line) => line.gift).map(({ sku }) => sku)),
    ),
    refuses: move.act === "decline" || move.reasons.length > 0,
    stock,
    available: matches(AVAILABLE, text) || [...stock.values()].some((units) => units > 0),
    gone: matches(GONE, text) || move.reasons.includes("out_of_stock") || [...stock.values()].includes(0),
    scarce: matches(SCARCE, text),
    granted: move.act === "accepted" || isGranted(move) || matches(YES, text),
    placed:
      move.act === "accepted" ||
      (move.act === "order_status" &&
        statuses.some((s) => s === "pending" || s === "accepted" || s === "executed")),
    confirmed: statuses.some((status) => status === "accepted" || status === "executed"),
    cancelled:
      move.act === "cancelled" || statuses.includes("cancelled") || move.reasons.includes("not_cancellable"),
    several: move.offers.some(({ lines }) => {
      const paid = lines.filter((line) => !line.gift);
      return paid.length > 1 || paid.some((line) => line.quantity > 1);
    }),
    quotable: facts.flatMap(({ text: quote }) => (quote === undefined ? [] : [flat(quote)])),
    contacts: [vendor.contact.email, ...detailsOf(move)].filter((contact) => house.text.includes(contact)),
    found: new Map(),
  };
}

/** Whether a name claims something by itself. The same titles come in every turn: answers are kept. */
function claims(phrase: string): boolean {
  const before = CLAIMING.get(phrase);
  if (before !== undefined) return before;
  const found = claimsIn(withDigits(phrase)).length > 0;
  if (CLAIMING.size < 10_000) CLAIMING.set(phrase, found);
  return found;
}

const CLAIMING = new Map<string, boolean>();

/** Ids of the claims a prepared text makes. */
export function claimsIn(text: string): string[] {
  return CLAIMS.filter(({ pattern }) => matches(pattern, text)).map(({ id }) => id);
}

export function flat(text: string): string {
  return text
    .replace(/["“”«»„]/g, "'")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** The vendor's own texts; reviews, strangers' answers and product descriptions support nothing but a quotation. */
function isOwn(fact: Fact): boolean {
  return fact.text !== undefined && (fact.kind === "policy" || fact.kind === "faq");
}

/** House words quote strangers between double quotes, and the counterpart too: that is support for nothing. */
function unquoted(text: string): string {
  return text.replace(/"[^"]*"|“[^”]*”/g, " ");
}

/** A vendor's policies are the same in every turn. */
const inDigits = remembered(500, withDigits);
const saidInPolicy = remembered(500, (source) => saidIn(source, true));

function saidIn(source: string, policy: boolean): Backed[] {
  const { figures } = figuresIn(source);
  return figures.map((figure: Figure) => ({
    ...figure,
    roles: new Set<Role>([roleOf(source, figure, figures)]),
    about: new Set<string>(),
    bag: policy ? bagOf(sentenceAround(source, figure)) : null,
    theirs: false,
  }));
}

/** Content words, cut to a stem that survives endings and particles. */
export function bagOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z]{4,}|[가-힣]{2,}/g) ?? [];
  return new Set(words.map((word) => (/[a-z]/.test(word) ? word.slice(0, 5) : word.slice(0, 2))));
}

/** A fact that says only whether, as a clause. */
function yesOrNo({ value, key, label }: Fact): string {
  const no = value === false || value === "no" || value === "No";
  return typeof value === "boolean" || no
    ? `${key} ${label?.en ?? ""} ${label?.ko ?? ""} ${no ? "not 없음" : ""}`
    : "";
}

/** Kinds of goods they spoke of; any other word of theirs supports nothing. */
function goodsIn(counterpart: string): string {
  return [...GOODS].filter((word) => counterpart.toLowerCase().includes(word)).join(" ");
}

function labelsOf(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => [
    fact.key.replace(/[_.-]+/g, " "),
    ...(fact.label ? [fact.label.en ?? "", fact.label.ko ?? ""] : []),
  ]);
}

function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((text) => text.toLowerCase().match(/[a-z][a-z'’]*(?:-[a-z]+)*|[가-힣]+/g) ?? []),
  );
}

function freeThings(move: Move, text: string): ReadonlySet<string> {
  const free = new Set<string>();
  for (const { terms, lines } of move.offers) {
    for (const thing of ["delivery", "warranty"] as const) if (terms[thing].fee === 0) free.add(thing);
    if (lines.some((line) => line.gift)) free.add("gift");
  }
  // Where packages differ in a fee, "free" would be true of some of them only.
  for (const { terms } of move.offers)
    for (const thing of ["delivery", "warranty", "payment", "returns"] as const)
      if (terms[thing].fee > 0) free.delete(thing);
  for (const line of text.split(/[\n.;]/))
    if (matches(FREE, line))
      for (const [thing, pattern] of THINGS) if (matches(pattern, line)) free.add(thing);
  return free;
}

/** What they proposed stands in the offer as they proposed it. */
function isGranted({ act, proposal, offers, reasons }: Move): boolean {
  if (act === "inform" && !proposal) return true;
  if (!proposal || reasons.length > 0 || offers.length !== 1) return false;
  const [offer] = offers;
  if (!offer) return false;
  const total = proposal.total === undefined || offer.totals.total <= proposal.total;
  const lines = proposal.lines.every(({ sku, unit_price, quantity }) => {
    const line = offer.lines.find((each) => each.sku === sku);
    if (!line) return false;
    return (
      (unit_price === undefined || line.unit_price <= unit_price) &&
      (quantity === undefined || line.quantity === quantity)
    );
  });
  const named = proposal.total !== undefined || proposal.lines.some((line) => line.unit_price !== undefined);
  const plainly = act === "offer" && proposal.lower !== true;
  return (named || plainly) && total && lines && proposal.off_bp === undefined;
}

function takesBack({ offers }: Move): boolean {
  return offers.length > 0 && offers.every(({ terms }) => terms.returns.days > 0);
}

function isLast(move: Move): boolean {
  const last = ["best_already", "unchanged", "rounds_over"] as const;
  return move.act === "final_offer" || last.some((reason) => move.reasons.includes(reason));
}

import type { Conversation, Shop } from "../src/arena/conversation.ts";
import type { Act } from "../src/domain/act.ts";
import type { Decision } from "../src/domain/decision.ts";
import { Fault } from "../src/domain/fault.ts";
import { hashOf, type Offer } from "../src/domain/offer.ts";
import type { Address } from "../src/domain/order.ts";
import type { State } from "../src/domain/state.ts";
import type { Said } from "./floor-buyer.ts";
import { brokenPromise } from "./floor-conduct.ts";
import { offerProblem, outdated } from "./floor-offer.ts";
import { placeOf, weighed } from "./floor-oracle.ts";
import { Purse } from "./floor-purse.ts";

/** An offer as it was announced, and what became of it by the rules the wire states. */
interface Seen {
  readonly offer: Offer;
  /** As it was announced: what the counterpart holds in its hands. */
  readonly hash: string;
  status: "live" | "superseded" | "bound";
}

/** Moves that say there is an offer; one that comes without was not allowed to leave. */
const OFFERING: ReadonlySet<string> = new Set([
  "offer",
  "counter",
  "final_offer",
  "accepted",
  "approval_pending",
]);
/** Words bind only at this confidence. */
const SURE = 0.85;

/**
 * Watches one session from outside and keeps its own books: which offers stand, what is left of the stock, what was read
 * back. Says what is wrong with a reply, a refusal or a sale; null when nothing is.
 */
export class Judge {
  readonly #talk: Conversation;
  readonly #seen = new Map<string, Seen>();
  readonly #sold: { readonly offer: Offer; readonly intent: string }[] = [];
  readonly #purse = new Purse();
  /** The message now on its way, when it is a typed act. */
  #last: Act | null = null;
  #readback: { readonly id: string; readonly asked: boolean } | null = null;

  constructor(talk: Conversation) {
    this.#talk = talk;
  }

  get announced(): readonly Offer[] {
    return [...this.#seen.values()].map(({ offer }) => offer);
  }

  /** Of a message that was answered. `before` is the state it met. */
  answered(said: Said, before: State, decision: Decision): string | null {
    const problem =
      this.#taken(said, before) ??
      this.#sale(said, decision) ??
      this.#announcedWell(decision) ??
      this.#kept(decision);
    this.#book(decision);
    return problem;
  }

  /** Of a message that was refused. */
  refused(said: Said, before: State, error: unknown): string | null {
    if (!(error instanceof Fault)) return `failed with ${String(error).slice(0, 200)}`;
    const act = "act" in said ? said.act : null;
    if (act?.act === "accept" && act.offer !== undefined) {
      const expected = this.#obstacles(act.offer, act.hash, before);
      if (expected.length === 0) return `a good accept was refused: ${error.code}`;
      if (!expected.includes(error.code)) return `refused as ${error.code}, not as ${expected.join(" or ")}`;
    }
    return null;
  }

  /** A typed accept that nothing may come of was not refused. */
  #taken(said: Said, before: State): string | null {
    const act = "act" in said ? said.act : null;
    if (act?.act !== "accept" || act.offer === undefined) return null;
    const [first] = this.#obstacles(act.offer, act.hash, before);
    return first === undefined ? null : `an accept was let through that is ${first}`;
  }

  #obstacles(id: string, hash: string | undefined, before: State): readonly string[] {
    const { now, shop } = this.#talk;
    const seen = this.#seen.get(id);
    if (!seen) return [/^of_[A-Za-z0-9]{16}$/.test(id) ? "foreign_offer" : "unknown_offer"];
    const { offer, status } = seen;
    if (hash !== offer.hash) return ["offer_hash_mismatch"];
    if (status === "bound") return ["offer_already_accepted"];
    // What a session has long forgotten counts as replaced.
    const kept = before.standings.some((one) => one.offer.id === id);
    if (status === "superseded" || !kept) return ["offer_superseded"];
    if (offer.expires_at <= now) return ["offer_expired"];
    const found: string[] = [];
    for (const { sku } of offer.lines) {
      if (!shop.products.get(sku)?.live) found.push("product_withdrawn");
      if (this.#left(sku) < units(offer, sku)) found.push("out_of_stock");
    }
    if (tooLow(offer, shop) || this.#purse.overdrawn(offer, shop, now)) found.push("below_limit");
    return found.length > 0 ? found : this.#lacking(offer);
  }

  #lacking(offer: Offer): readonly string[] {
    const { ship_to, payer } = this.#told();
    if (!ship_to || !payer || !whole(ship_to)) return ["order_details_missing"];
    return this.#elsewhere(offer) ? ["ship_to_changed"] : [];
  }

  #told() {
    const told = this.#talk.state.details;
    const act = this.#last;
    const now = act?.act === "accept" || act?.act === "inform" ? act.details : undefined;
    return { ...told, ...now };
  }

  /** MUST be told each message before it is sent: what it brings along counts for it. */
  hears(said: Said): void {
    this.#last = "act" in said ? said.act : null;
  }

  /** Whether tax or the way differ from what the offer was priced for. */
  #elsewhere(offer: Offer): boolean {
    const { ship_to } = this.#told();
    const { vendor } = this.#talk.shop;
    const there = ship_to && placeOf(vendor, offer.currency, ship_to);
    const priced = placeOf(vendor, offer.currency, offer.ship_to);
    return JSON.stringify(there) !== JSON.stringify(priced) || !there;
  }

  #left(sku: string): number {
    const taken = this.#sold.reduce((sum, { offer }) => sum + units(offer, sku), 0);
    return (this.#talk.shop.products.get(sku)?.stock ?? 0) - taken;
  }

  #sale(said: Said, { binding, move, cancels }: Decision): string | null {
    if (!binding) return null;
    if (cancels.length > 0) return "one message both bought and cancelled";
    const { offer, needs_approval } = binding;
    const { shop, now, reply } = this.#talk;
    const seen = this.#seen.get(offer.id);
    if (!seen) return "sold an offer that was never made";
    if (!unedited(offer, seen.hash)) return "sold something else than was offered";
    if (seen.status !== "live") return `sold an offer that was ${seen.status}`;
    if (offer.expires_at <= now) return "sold an offer that had ended";
    const low = tooLow(offer, shop) ?? this.#purse.overdrawn(offer, shop, now);
    if (low) return `sold ${low}`;
    for (const { sku } of offer.lines) {
      if (!shop.products.get(sku)?.live) return `sold ${sku}, which is withdrawn`;
      if (this.#left(sku) < units(offer, sku)) return `sold more ${sku} than there is`;
    }
    const [lacking] = this.#lacking(offer);
    if (lacking) return `sold although ${lacking}`;
    const above = shop.limits.approval_above[offer.currency] ?? -1;
    if (needs_approval !== offer.totals.total > above) return "sold without the approval it needs";
    if (move.offers[0]?.id !== offer.id) return "sold without saying what";
    const view = reply?.intents.find((one) => one.offer === offer.id);
    if (view?.total !== offer.totals.total) return "the intent is for another total";
    return this.#meant(said, offer);
  }

  /** Whether what was said can have meant this sale: an id with its hash, or a clear yes to what was just read back. */
  #meant(said: Said, offer: Offer): string | null {
    const act = "act" in said ? said.act : null;
    if (act?.act === "accept" && act.offer !== undefined) {
      const always = this.#talk.shop.vendor.confirm === "always";
      return always ? "sold without the read-back that this vendor wants always" : null;
    }
    if (this.#readback?.id !== offer.id) return "sold by a yes to something else";
    if (act?.act === "confirm") {
      if (act.offer !== undefined && act.offer !== offer.id) return "sold by a confirmation of another offer";
      const right = act.hash === undefined || act.hash === offer.hash;
      return right ? null : "sold by a confirmation with another hash";
    }
    const { acts, confidence, unsure } = "reading" in said ? said.reading : { acts: [], confidence: 1 };
    if (confidence < SURE || unsure !== undefined) return "sold by a doubtful yes";
    if (!this.#readback.asked) return "sold by a yes to another question";
    if (acts.some((one) => one.act === "propose")) return "sold by a yes on a condition";
    return acts.some((one) => one.act === "confirm" || one.act === "inform") ? null : "sold without a yes";
  }

  #announcedWell({ move, binding }: Decision): string | null {
    const { now, shop, state } = this.#talk;
    if (move.offers.length > 3) return "more than three offers at once";
    if (new Set(move.offers.map(({ id }) => id)).size < move.offers.length) return "two offers of one number";
    if (move.round.n > state.rounds) return "another round than there are";
    if (move.reasons.includes("unknown_product")) return "what this shop has was not known";
    if (OFFERING.has(move.act) && move.offers.length === 0) return `${move.act}: no offer of it may leave`;
    for (const offer of move.offers) {
      // What is said of a sale is judged as the sale: it has been taken from the budgets by then.
      const low = binding ? null : (tooLow(offer, shop) ?? this.#purse.overdrawn(offer, shop, now));
      if (low) return `offered ${low}`;
      if (offer.expires_at <= now) return "offered what has ended";
      const before = this.#seen.get(offer.id);
      if (before && before.offer !== offer && !unedited(offer, before.hash)) return "an offer was edited";
      if (before?.status === "bound" && !binding) return "offered again what was sold";
      const stated = before ? null : this.#fresh(offer, move.proposal, move.reasons);
      if (stated) return stated;
    }
    const { readback } = move;
    if (!readback) return null;
    const known =
      this.#seen.get(readback.offer)?.offer ?? move.offers.find(({ id }) => id === readback.offer);
    return known?.hash === readback.hash ? null : "read back what was never offered";
  }

  #kept({ move, binding }: Decision): string | null {
    if (binding) return null;
    const { now, shop } = this.#talk;
    const open = [...this.#seen.values()].filter(({ status }) => status !== "bound");
    const good = (offer: Offer) =>
      !tooLow(offer, shop) &&
      !this.#purse.overdrawn(offer, shop, now) &&
      offer.lines.every(({ sku }) => shop.products.get(sku)?.live && this.#left(sku) >= units(offer, sku));
    const offers = open.map(({ offer }) => offer);
    const live = open.flatMap(({ offer, status }) => (status === "live" ? [offer] : []));
    return brokenPromise(move, { vendor: shop.vendor, now, offers, live, good });
  }

  #fresh(offer: Offer, proposal: { readonly codes: readonly string[] } | null, reasons: readonly string[]) {
    const { shop, now, state } = this.#talk;
    const { ship_to } = state;
    // The same promise made again is not worked out again.
    const base = offer.supersedes === null ? undefined : this.#seen.get(offer.supersedes)?.offer;
    const again = base !== undefined && JSON.stringify(base.totals) === JSON.stringify(offer.totals);
    const facts = { ...shop, now, again, ship_to, left: (sku: string) => this.#left(sku) };
    const wrong =
      offerProblem(offer, facts) ?? (again && base.expires_at <= now ? outdated(offer, facts) : null);
    if (wrong) return wrong;
    if (again) return null;
    const told = reasons.some((one) => one.startsWith("code_") || one === "discount_included");
    const named = proposal?.codes.some((name) =>
      shop.limits.codes.some(({ code }) => code === name.toUpperCase()),
    );
    const given = offer.discounts.some(({ kind }) => kind === "code");
    return named && !given && !told ? "a code was dropped without a word" : null;
  }

  #book({ move, binding, cancels }: Decision): void {
    for (const id of cancels) {
      const at = this.#sold.findIndex(({ intent }) => intent === id);
      const [given] = at >= 0 ? this.#sold.splice(at, 1) : [];
      if (given) this.#purse.giveBack(given.offer.id);
    }
    const goods = new Set(
      move.offers.flatMap(({ lines }) => lines.filter((l) => !l.gift).map(({ sku }) => sku)),
    );
    for (const seen of this.#seen.values()) {
      const { offer, status } = seen;
      if (status !== "live" || move.offers.length === 0) continue;
      const replaced =
        offer.lines.some((line) => !line.gift && goods.has(line.sku)) ||
        move.offers.some(({ supersedes }) => supersedes === offer.id) ||
        move.proposal?.counters === offer.id;
      if (replaced) seen.status = "superseded";
    }
    for (const offer of move.offers) this.#seen.set(offer.id, { offer, hash: offer.hash, status: "live" });
    if (binding) {
      const seen = this.#seen.get(binding.offer.id);
      if (seen) seen.status = "bound";
      const intent = this.#talk.reply?.intents.find((one) => one.offer === binding.offer.id)?.id ?? "";
      this.#sold.push({ offer: binding.offer, intent });
      this.#purse.charge(binding.offer, this.#talk.shop, this.#talk.now);
    }
    this.#readback = move.readback && { id: move.readback.offer, asked: move.ask === "confirm" };
  }
}

/** By the floor first: a breach of the limit alone is told apart. */
function tooLow(offer: Offer, shop: Shop): string | null {
  const { net, floor, limit, published } = weighed(offer, shop);
  if (published) return null;
  if (!(net >= floor)) return `below the floor: brings ${net}, must bring ${floor}`;
  return net >= limit ? null : `below the limit: brings ${net}, must bring ${limit}`;
}

/** Worked out anew from all that it says. */
function unedited(offer: Offer, hash: string): boolean {
  const { hash: _, ...rest } = offer;
  return hashOf(rest) === hash;
}

function units({ lines }: Offer, sku: string): number {
  return lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
}

/** Where a parcel can be sent with nothing asked for: the shop's two markets need a city and five digits. */
function whole({ country, city, postal_code }: Address): boolean {
  return !["US", "KR"].includes(country) || ((city ?? "") !== "" && /^[0-9]{5}$/.test(postal_code ?? ""));
}

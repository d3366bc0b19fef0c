import type { Conversation } from "../src/arena/conversation.ts";
import type { Act, ActOf, Reading } from "../src/domain/act.ts";
import type { Offer } from "../src/domain/offer.ts";
import type { OrderDetails } from "../src/domain/order.ts";
import type { State } from "../src/domain/state.ts";
import type { TermsWanted } from "../src/domain/terms.ts";
import type { Dice } from "./floor-dice.ts";
import { allIn, leastAfter, listOf } from "./floor-price.ts";
import { CODES, GIFT, REGIONS } from "./floor-shop.ts";
import { DEEDS, type Deed, HABITS, type Style } from "./floor-styles.ts";

/** A typed act, or words as somebody read them. */
export type Said = { readonly act: Act } | { readonly reading: Reading };

type Propose = ActOf<"propose">;

/** A counterpart that wants it as cheap as it can be had, and cheaper. */
export class Buyer {
  readonly style: Style;
  readonly #dice: Dice;
  #low = 0;
  #asked = 0;

  constructor(style: Style, dice: Dice) {
    this.style = style;
    this.#dice = dice;
  }

  next(talk: Conversation, seen: readonly Offer[], left: number): Said {
    const dice = this.#dice;
    const { state } = talk;
    const offer = latest(state, talk.now);
    if (state.readback && dice.chance(75)) return this.#answer(state, seen);
    if (!offer) return this.#without(talk, seen);
    const told = this.style === "told";
    const last = state.round === state.rounds - 1;
    if (told && last) return this.#said(this.#priced(talk, offer));
    if (told && state.round >= state.rounds && dice.chance(80)) return this.#take(talk, [offer], true);
    if (left <= 2 && dice.chance(60)) return this.#take(talk, [offer]);
    return this.#do(DEEDS[dice.weighted(HABITS[this.style])] ?? "price", talk, offer, seen);
  }

  /** Nothing stands: what was sold or has ended is asked for once more, by its id or by a yes; or goods anew. */
  #without(talk: Conversation, seen: readonly Offer[]): Said {
    const dice = this.#dice;
    if (seen.length === 0 || dice.chance(55)) return this.#open();
    if (dice.chance(65)) return this.#take(talk, seen);
    // With a look at the goods, so that the house knows them again.
    const items = dice.pick(seen).lines.map(({ sku }) => ({ sku }));
    return this.#read([
      { act: dice.pick(["accept", "confirm"]) },
      { act: "compare", items: items.slice(0, 3) },
    ]);
  }

  #do(deed: Deed, talk: Conversation, offer: Offer, seen: readonly Offer[]): Said {
    const dice = this.#dice;
    switch (deed) {
      case "price":
        return this.#said(this.#priced(talk, offer));
      case "stack":
        return this.#said({
          ...(dice.chance(40) ? this.#priced(talk, offer) : { act: "propose" }),
          ...{ terms: this.#terms(), ...this.#codes() },
        });
      case "goods":
        return this.#said(this.#other(offer));
      case "lower":
        if (dice.chance(50)) return this.#said({ act: "propose", lower: true, terms: this.#free() });
        return { act: { act: "reject", reason: "price_sensitivity" } };
      case "move":
        return { act: { act: "inform", details: { ship_to: details(this.#place(talk.state)).ship_to } } };
      case "take":
        return this.#take(talk, dice.chance(this.style === "late" ? 30 : 75) ? [offer] : seen);
      case "words":
        return this.#words(talk, offer);
      case "other":
        return { act: dice.pick(OTHER) };
    }
  }

  #open(): Said {
    const dice = this.#dice;
    const skus = dice.chance(12) ? ["LAP", "MOU"] : [dice.pick(["LAP", "LAP", "MOU", "COF", "COF", "FIX"])];
    if (dice.chance(20)) skus.push(dice.pick(["MOU", "COF", "FIX"]));
    const lines = [...new Set(skus)].map((sku) => ({ item: { sku }, quantity: this.#quantity() }));
    const rich = dice.chance(this.style === "stacking" ? 80 : 35);
    return this.#said({
      ...{ act: "propose", lines },
      ...(rich ? { terms: this.#terms(), ...this.#codes() } : {}),
      ...(dice.chance(15) ? { off_bp: dice.below(4_000) } : {}),
    });
  }

  #quantity(): number {
    return this.#dice.chance(60) ? 1 + this.#dice.below(3) : 1 + this.#dice.below(14);
  }

  /** More, so that a price falls; then fewer, or the rest removed, to see whether the price stays. */
  #other(offer: Offer): Propose {
    const dice = this.#dice;
    const line = dice.pick(offer.lines.filter((one) => !one.gift));
    const item = { sku: line.sku };
    const keep = dice.chance(50) ? { counters: offer.id } : {};
    switch (dice.below(4)) {
      case 0:
        return { act: "propose", lines: [{ item, quantity: line.quantity + this.#quantity() }], ...keep };
      case 1:
        return { act: "propose", lines: [{ item, quantity: 1 + dice.below(line.quantity) }], ...keep };
      case 2:
        return { act: "propose", remove: [item], ...keep };
      default:
        return {
          act: "propose",
          lines: [{ item: { sku: dice.pick(["LAP", "MOU", "COF", "FIX"]) } }],
          ...keep,
        };
    }
  }

  #terms(): TermsWanted {
    const dice = this.#dice;
    const often = this.style === "stacking" ? 55 : 30;
    return {
      ...(dice.chance(often)
        ? { delivery: { free: true, ...(dice.chance(30) ? { id: "express" } : {}) } }
        : {}),
      ...(dice.chance(often) ? { warranty: { months_min: dice.pick([0, 24]), free: dice.chance(70) } } : {}),
      ...(dice.chance(often) ? { payment: { days_min: dice.pick([0, 30]) } } : {}),
      ...(dice.chance(often) ? { returns: { days_min: dice.pick([0, 30]) } } : {}),
      ...(dice.chance(often / 2) ? { gift: dice.chance(60) ? GIFT : true } : {}),
      ...(dice.chance(often / 2) ? { subscription: dice.chance(65) ? { every_months: 1 } : null } : {}),
    };
  }

  #free(): TermsWanted {
    return this.#dice.chance(50) ? {} : { delivery: { free: true } };
  }

  #codes(): Pick<Propose, "codes"> {
    const dice = this.#dice;
    if (!dice.chance(60)) return {};
    return { codes: [dice.pick(CODES), ...(dice.chance(40) ? [dice.pick(CODES).toLowerCase()] : [])] };
  }

  /** A price for the goods as they stand, in one of the ways a price can be named. */
  #priced(talk: Conversation, offer: Offer): Propose {
    const dice = this.#dice;
    const list = listOf(offer);
    const after = this.style === "told" ? this.#just(talk, offer) : this.#half(offer, list);
    const total = Math.max(0, allIn(talk.shop.vendor, offer, after));
    const units = offer.lines.filter((line) => !line.gift);
    const keep = dice.chance(40) ? { counters: offer.id } : {};
    const way = dice.below(10);
    if (way < 2) {
      const off_bp = Math.max(0, Math.floor(((list - after) * 10_000) / Math.max(1, list)));
      return { act: "propose", off_bp: Math.min(10_000, off_bp), ...keep };
    }
    if (way < 5) {
      const lines = units.map(({ sku, quantity, list_price }) => ({
        ...{ item: { sku }, quantity },
        unit_price: Math.ceil((list_price * Math.max(0, after)) / Math.max(1, list)) + dice.below(2),
      }));
      return { act: "propose", lines, ...keep };
    }
    this.#asked = total;
    return { act: "propose", total, ...keep };
  }

  /** The least the limits allow, or close to it on either side. */
  #just(talk: Conversation, offer: Offer): number {
    const least = leastAfter(offer, talk.shop);
    // Only what whole unit prices can come to.
    const step = Math.min(
      ...offer.lines.map(({ quantity, gift }) => (gift ? Number.POSITIVE_INFINITY : quantity)),
    );
    const goods = Math.ceil((least + offer.totals.discounts) / step) * step;
    const part = Math.ceil(least / 400);
    const slip = this.#dice.pick([0, 0, 0, 0, 0, 0, step, part, -1, -part]);
    return Math.max(0, goods - offer.totals.discounts + slip);
  }

  /** Between what was refused and what is offered. */
  #half(offer: Offer, list: number): number {
    if (this.style !== "bisecting") return Math.floor((list * (3_000 + this.#dice.below(6_900))) / 10_000);
    const now = offer.totals.total;
    if (this.#asked > 0 && now > this.#asked) this.#low = Math.max(this.#low, this.#asked);
    const middle = this.#low === 0 ? now * 0.7 : (this.#low + now) / 2;
    return Math.floor((offer.totals.goods - offer.totals.discounts) * Math.min(1, middle / Math.max(1, now)));
  }

  #place(state: State): State["ship_to"] {
    const dice = this.#dice;
    if (state.currency === "KRW")
      return { country: "KR", ...(dice.chance(60) ? { postal_code: "63000" } : {}) };
    if (dice.chance(20)) return { country: dice.chance(80) ? "MX" : "FR" };
    return {
      country: "US",
      ...(dice.chance(60) ? { region: dice.pick(REGIONS) } : {}),
      ...(dice.chance(30) ? { postal_code: "99001" } : {}),
    };
  }

  /** By id and hash: rightly, or with the hash of another, an id nobody gave, or an offer that no longer stands. */
  #take(talk: Conversation, among: readonly Offer[], rightly = this.#dice.chance(25)): Said {
    const dice = this.#dice;
    const offer = dice.pick(among);
    if (rightly) {
      const { id, hash } = offer;
      return { act: { act: "accept", offer: id, hash, details: details(talk.state.ship_to) } };
    }
    const forged = dice.chance(10);
    const id = forged ? `${dice.pick(["of_", "of_", "of-"])}${offer.id.slice(4)}0` : offer.id;
    const hash = dice.chance(7) ? offer.hash.split("").reverse().join("") : offer.hash;
    const where = dice.chance(90) ? talk.state.ship_to : this.#place(talk.state);
    const whole = details(where);
    const partly = { ...whole, ship_to: { ...whole.ship_to, city: "" } };
    const told = dice.chance(90) ? { details: dice.chance(95) ? whole : partly } : {};
    return { act: { act: "accept", offer: id, hash, ...told } };
  }

  /** Yes, no, or yes on a condition, to what was read back. */
  #answer(state: State, seen: readonly Offer[]): Said {
    const dice = this.#dice;
    const { readback } = state;
    if (!readback || dice.chance(8)) return { act: { act: "reject" } };
    const missing = !state.details.ship_to || !state.details.payer;
    if (missing && dice.chance(80)) {
      const inform: Act = { act: "inform", details: details(state.ship_to) };
      return dice.chance(75) ? { act: inform } : this.#read([{ act: "confirm" }, inform]);
    }
    if (dice.chance(50)) return this.#read([{ act: "confirm" }]);
    const { offer } = readback;
    if (dice.chance(12)) return { act: { act: "confirm", offer: dice.pick(seen).id } };
    const hash = dice.chance(10) ? `${readback.hash.slice(1)}x` : readback.hash;
    return { act: { act: "confirm", offer, hash } };
  }

  #words(talk: Conversation, offer: Offer): Said {
    const dice = this.#dice;
    const where = dice.chance(60) ? { details: details(talk.state.ship_to) } : {};
    switch (dice.below(6)) {
      case 0:
        return this.#read([{ act: "accept", ...where }, this.#priced(talk, offer)]);
      case 1:
        return this.#read([{ act: "confirm" }]);
      case 2:
        return this.#read([
          { act: "accept", item: { ref: dice.pick(["first", "last", "cheaper", "offer"]) } },
        ]);
      default:
        return this.#read([{ act: "accept", ...where }]);
    }
  }

  #read(acts: readonly Act[]): Said {
    const dice = this.#dice;
    const confidence = dice.chance(80) ? 0.95 : 0.5 + dice.below(40) / 100;
    const unsure = dice.chance(5) ? { unsure: dice.pick(["act", "amount", "condition"] as const) } : {};
    return { reading: { lang: "en", acts: [...acts], confidence, ...unsure } };
  }

  /** A proposal typed, or at times in words. */
  #said(act: Propose): Said {
    return this.#dice.chance(this.style === "speaking" ? 50 : 5) ? this.#read([act]) : { act };
  }
}

const OTHER: readonly Act[] = [
  { act: "handoff" },
  { act: "withdraw" },
  { act: "thank" },
  { act: "cancel_order" },
  { act: "cancel_order" },
  { act: "reject", reason: "timing_deferred" },
  { act: "order_status" },
];

function latest(state: State, now: string): Offer | undefined {
  return state.standings.findLast(({ status, offer }) => status === "live" && offer.expires_at > now)?.offer;
}

/** A whole address, at which goods cost what they do at `place`. */
function details(place: State["ship_to"]): OrderDetails {
  const { country, region, postal_code = POSTAL[region ?? country] } = place;
  const street = { name: "Kim", lines: ["1 Main St"], city: "Springfield" };
  return {
    ship_to: { ...street, country, ...(region ? { region } : {}), ...(postal_code ? { postal_code } : {}) },
    payer: { name: "Kim" },
  };
}

const POSTAL: Readonly<Record<string, string>> = { US: "45501", CA: "90001", OR: "97201", KR: "04524" };

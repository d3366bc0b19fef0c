import type { Act, Reading } from "../domain/act.ts";
import type { Charge, Decision } from "../domain/decision.ts";
import { type Draws, NO_DRAWS } from "../domain/draws.ts";
import type { Bundle, Versioned } from "../domain/entry.ts";
import type { Event, Message } from "../domain/event.ts";
import type { Known } from "../domain/evidence.ts";
import { Fault } from "../domain/fault.ts";
import type { Limits } from "../domain/limits.ts";
import type { Found, Lookup } from "../domain/lookup.ts";
import type { ShipTo } from "../domain/order.ts";
import type { Party } from "../domain/party.ts";
import { notSoldIn } from "../domain/problems.ts";
import type { Move } from "../domain/reply.ts";
import { fold, initial, type State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { decide } from "../negotiation/decide.ts";
import type { Input } from "../negotiation/input.ts";
import { bind, dueFor } from "../turn/bind.ts";
import { inputOf, roundOfLookups, typed } from "../turn/weigh.ts";
import { refer } from "../understanding/refer.ts";

/**
 * A vendor and its goods in memory. A value: sessions never change one; each keeps what it took, of stock and of budgets,
 * to itself, and finds the budgets full.
 */
export interface Shop {
  readonly vendor: Vendor;
  readonly limits: Limits;
  /** Without them everything is bargained down to its floor. */
  readonly draws?: Draws;
  readonly products: ReadonlyMap<string, Known>;
  /** In the order of their ids, as a store gives them. */
  readonly bundles: readonly Bundle[];
}

export interface Opening {
  readonly session: string;
  /** RFC 3339 in UTC: the session's clock stands still but for `wait`. */
  readonly now: string;
  readonly currency?: string;
  readonly ship_to?: ShipTo;
  readonly kind?: Party["kind"];
  readonly principal?: string;
  readonly tier?: Party["tier"];
  readonly lang?: Lang;
  readonly rounds?: number;
}

/** One decided turn: deciding `input` again gives `decision`, byte for byte. */
export interface Decided {
  readonly input: Input;
  readonly decision: Decision;
  /** The reply as it was sent: the decision's move with what was bound or cancelled. */
  readonly move: Move;
}

/**
 * One session with the real core, in memory and at once: what `turn.ts` walks, without words, signatures and disk.
 * Searches by words, reviews and passages find nothing here: a player names its goods by SKU.
 */
export class Conversation {
  /** May be replaced between two messages: costs, stock and policies change while people talk. */
  shop: Shop;
  readonly turns: Decided[] = [];
  readonly session: string;
  #state: State;
  #now: string;
  readonly #taken = new Map<string, number>();
  readonly #spent = new Map<string, number>();
  readonly #orders = new Map<string, Order>();

  constructor(shop: Shop, opening: Opening) {
    const { vendor } = shop;
    const currency = opening.currency ?? vendor.markets[0]?.currency ?? "";
    const ship_to = opening.ship_to ?? vendor.default_ship_to[currency];
    if (!ship_to) throw notSoldIn(Object.keys(vendor.default_ship_to));
    const kind = opening.kind ?? "machine";
    this.shop = shop;
    this.session = opening.session;
    this.#now = opening.now;
    this.#state = initial(
      {
        ...{ kind: "opened", at: opening.now, lang: opening.lang ?? vendor.languages[0] ?? "en" },
        ...{ currency, ship_to, channel: kind === "machine" ? "agent" : "chat" },
        party: { principal: opening.principal ?? "p", kind, tier: opening.tier ?? "anonymous" },
        rounds: opening.rounds ?? vendor.rounds,
      },
      1,
    );
  }

  get state(): State {
    return this.#state;
  }

  get now(): string {
    return this.#now;
  }

  wait(minutes: number): void {
    this.#now = new Date(Date.parse(this.#now) + minutes * 60_000).toISOString();
  }

  /** Throws the `Fault` a turn would, and then nothing was changed. */
  send(act: Act): Decision {
    const message: Message = { id: `m${this.#state.seq + 1}`, act };
    return this.#turn(message, typed(act, message, this.#state));
  }

  /** A message in words, understood as `reading`. */
  say(reading: Reading): Decision {
    return this.#turn({ id: `m${this.#state.seq + 1}`, text: "words" }, reading);
  }

  /** The reply to the latest message. */
  get reply(): Move | null {
    return this.turns.at(-1)?.move ?? null;
  }

  #turn(message: Message, reading: Reading): Decision {
    const { vendor, limits, draws = NO_DRAWS } = this.shop;
    if (this.#state.closed) throw new Fault("session_closed", "this session has ended; open another");
    const context = { session: this.session, state: this.#state, at: this.#now, vendor, limits, draws };
    const heard: Event = { kind: "message", at: this.#now, message, reading };
    const told = fold(this.#state, { seq: this.#state.seq + 1, event: heard });
    const acts = refer(reading.acts, this.#state);
    const found = this.#lookUp(acts, told);
    const input = inputOf(message, reading, acts, told, found, context);
    const decision = decide(input);
    // Unsigned: the intent has its id and bytes, but no key of this vendor vouches for it.
    const bound = bind(decision, dueFor(decision, context), null, context);
    const move: Move = { ...decision.move, intents: [...decision.move.intents, ...bound.views] };
    const events: Event[] = [
      { kind: "reply", at: this.#now, re: told.seq, move },
      ...bound.events,
      ...(decision.closes ? [{ kind: "closed", at: this.#now, reason: "left" } as const] : []),
    ];
    this.#state = events.reduce((state, event) => fold(state, { seq: state.seq + 1, event }), told);
    this.#book(decision, bound.changes);
    this.turns.push({ input, decision, move });
    return decision;
  }

  #lookUp(acts: readonly Act[], state: State): readonly Found[] {
    const found: Found[] = [];
    for (let round = 0; ; round++) {
      const wanted = roundOfLookups(
        acts,
        { state, limits: this.shop.limits, vendor: this.shop.vendor, at: this.#now },
        0,
        found,
        round,
      );
      if (wanted.length === 0) return found;
      for (const lookup of wanted) found.push(this.#find(lookup));
    }
  }

  #find(lookup: Lookup): Found {
    const entries: Versioned[] = [];
    const stock: Record<string, number> = {};
    if (lookup.kind === "products") {
      for (const sku of new Set(lookup.skus)) {
        const known = this.shop.products.get(sku);
        if (!known) continue;
        entries.push({ entry: known.product, version: known.version, live: known.live });
        stock[sku] = Math.max(0, known.stock - (this.#taken.get(sku) ?? 0));
      }
    }
    if (lookup.kind === "bundles") {
      for (const bundle of this.shop.bundles) {
        const part = bundle.lines.some(({ sku }) => lookup.skus.includes(sku));
        if (part) entries.push({ entry: bundle, version: "1", live: true });
      }
    }
    if (lookup.kind !== "budgets") return { lookup, entries, stock, partial: false };
    const used = Object.fromEntries(
      lookup.accounts.map((account) => [account, this.#spent.get(account) ?? 0]),
    );
    return { lookup, entries, stock, partial: false, used };
  }

  #book(decision: Decision, changes: ReturnType<typeof bind>["changes"]): void {
    const { intents = [], statuses = [] } = changes as Partial<Extract<typeof changes, { take: unknown }>>;
    for (const { id, lines } of intents) {
      const order = { lines, charges: decision.binding?.charges ?? [] };
      this.#orders.set(id, order);
      this.#take(order, 1);
    }
    for (const { intent } of statuses) {
      const order = this.#orders.get(intent);
      if (order) this.#take(order, -1);
    }
  }

  #take({ lines, charges }: Order, sign: 1 | -1): void {
    for (const { sku, quantity } of lines)
      this.#taken.set(sku, (this.#taken.get(sku) ?? 0) + sign * quantity);
    for (const { account, amount } of charges)
      this.#spent.set(account, (this.#spent.get(account) ?? 0) + sign * amount);
  }
}

interface Order {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly charges: readonly Charge[];
}

/** How many turns come out otherwise when they are decided again; 0 is the promise. */
export function replayDifferences({ turns }: Pick<Conversation, "turns">): number {
  return turns.filter(({ input, decision }) => JSON.stringify(decide(input)) !== JSON.stringify(decision))
    .length;
}

import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { weighed } from "../floor-oracle.ts";
import { countBudgets } from "../floor-store-oracle.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
import { BUDGETS, type Shop } from "./shop.ts";
import type { Life, Witness } from "./store.ts";
import type { Trace } from "./trace.ts";

interface Written {
  readonly json: string;
  readonly by: string;
}

interface Told {
  readonly id: string;
  readonly topic: string;
  readonly body: string;
}

/** What is used of a stored write; the oracle reads texts, not the types of those it judges. */
interface Append {
  readonly session: string;
  readonly term: number;
  readonly events: readonly { readonly seq: number; readonly json: string }[];
  readonly outbox?: readonly Told[];
}

interface Event {
  readonly kind: string;
  readonly re?: number;
  readonly message?: { readonly id: string };
  readonly move?: { readonly intents: readonly View[] };
  readonly intent?: View;
}

interface View {
  readonly id: string;
  readonly offer: string;
  readonly status: string;
}

const GIVEN_BACK: ReadonlySet<string> = new Set(["rejected", "declined", "cancelled", "expired"]);

/**
 * Judges a run from what became durable, what buyers and the vendor's system were told, and what the database holds. It
 * has no line in common with the session layer, and none with the store.
 */
export class Oracle {
  readonly #db: DatabaseSync;
  readonly #shop: Shop;
  readonly #trace: Trace;
  readonly #ledger: Ledger;
  readonly #logs = new Map<string, Written[]>();
  readonly #terms = new Map<string, { term: number; by: string }>();
  readonly #said = new Map<string, number>();
  readonly #acked = new Map<string, { session: string; seq: number; id: string }>();
  readonly #orders = new Map<string, string>();
  readonly #offers = new Map<string, string>();
  readonly #owed = new Map<string, string>();
  readonly #received = new Map<string, string>();

  constructor(db: DatabaseSync, shop: Shop, trace: Trace) {
    this.#db = db;
    this.#shop = shop;
    this.#trace = trace;
    this.#ledger = ledgerOf(db, shop.policy.limits.budgets, (says) => trace.violated(says));
  }

  /** Judges each write in the instant in which it became durable. */
  readonly wrote: Witness = (by, write, given, outcome) => {
    if (write === "open" && outcome === true) this.#opened(by, given);
    if (write === "claim" && typeof outcome === "number") this.#claimed(by, String(given[0]), outcome);
    if (write !== "append") return;
    this.#trace.count(outcome === "appended" ? "commits" : `commits_${nameOf(outcome)}`);
    if (outcome === "appended") this.#appended(by, given[0] as unknown as Append);
    else this.#trace.note(`${by.node} was refused: ${JSON.stringify(outcome)}`);
  };

  #opened(by: Life, [record, first]: readonly unknown[]): void {
    const { id } = record as { id: string };
    this.#trace.count("sessions");
    this.#trace.note(`${by.node} opened ${id}`);
    this.#logs.set(id, [{ json: (first as { json: string }).json, by: by.node }]);
    this.#terms.set(id, { term: 1, by: by.node });
  }

  #claimed(by: Life, session: string, term: number): void {
    const before = this.#terms.get(session);
    if (before && term <= before.term) this.#trace.violated(`${session}: term ${term} was given twice`);
    if (before?.by !== by.node) this.#trace.count("takeovers");
    this.#trace.note(`${by.node} claims ${session}: term ${term}`);
    this.#terms.set(session, { term, by: by.node });
  }

  #appended(by: Life, { session, term, events, outbox }: Append): void {
    const writer = this.#terms.get(session);
    if (writer?.term !== term)
      this.#trace.violated(
        `${by.node} wrote in ${session} under term ${term}, after ${writer?.by} took it with ${writer?.term}`,
      );
    const log = this.#logs.get(session) ?? [];
    const touched = new Set<string>();
    for (const { seq, json } of events) {
      this.#trace.note(`${by.node} stored ${session} ${seq} ${json}`);
      if (seq !== log.length + 1)
        this.#trace.violated(`${session}: event ${seq} was stored behind ${log.length}`);
      log.push({ json, by: by.node });
      this.#event(session, seq, JSON.parse(json) as Event, touched);
    }
    for (const { id, body } of outbox ?? []) this.#owed.set(id, body);
    this.#ledger.balance(touched);
  }

  #event(session: string, seq: number, event: Event, touched: Set<string>): void {
    if (event.kind === "message") {
      this.#trace.count("messages");
      const said = `${session} ${event.message?.id}`;
      const first = this.#said.get(said);
      if (first !== undefined) this.#trace.violated(`${said} is event ${first} and event ${seq}`);
      this.#said.set(said, seq);
    }
    if (event.kind === "reply") {
      this.#trace.count("turns");
      const fresh = (event.move?.intents ?? []).filter(({ id }) => !this.#orders.has(id));
      if (fresh.length > 1) this.#trace.violated(`${session} ${seq}: one accept made ${fresh.length} orders`);
      for (const view of fresh) this.#bound(session, view, touched);
    }
    if (event.kind === "order" && event.intent) {
      this.#trace.count(`orders_${event.intent.status}`);
      if (GIVEN_BACK.has(event.intent.status)) this.#ledger.giveBack(event.intent.id, touched);
    }
  }

  #bound(session: string, { id, offer, status }: View, touched: Set<string>): void {
    this.#trace.count("orders");
    if (status === "approval_pending") this.#trace.count("orders_to_approve");
    const before = this.#offers.get(`${session} ${offer}`);
    if (before) this.#trace.violated(`${session}: ${offer} was sold as ${before} and as ${id}`);
    this.#offers.set(`${session} ${offer}`, id);
    this.#orders.set(id, session);
    const payload = this.#ledger.take(id, touched);
    if (!payload) {
      this.#trace.violated(`${session}: ${id} was said to be bound and is not stored`);
      return;
    }
    const { policy, products } = this.#shop;
    const { net, floor, published } = weighed(payload as never, { ...policy, products });
    if (net < floor && !published) this.#trace.violated(`${id} brings ${net}, the floor is ${floor}`);
  }

  /** Someone at the end of one connection. */
  reader(name: string): Reader {
    return new Reader(name, this.#trace, {
      text: (session, seq) => this.#logs.get(session)?.[seq - 1]?.json,
      acked: (session, id, seq) => this.#acked.set(`${session} ${id}`, { session, seq, id }),
    });
  }

  delivered({ id, body }: Told): void {
    const owed = this.#owed.get(id);
    if (owed === undefined) this.#trace.violated(`${id} was delivered and is in no durable commit`);
    else if (owed !== body) this.#trace.violated(`${id} was delivered with another body`);
    this.#trace.count(this.#received.has(id) ? "delivered_again" : "delivered");
    this.#received.set(id, body);
  }

  /** What is durable is what was seen to become so: nothing gone, nothing written anew, every chain whole. */
  survived(): void {
    const events = this.#db.prepare(
      "SELECT seq, json, salt, digest, chain FROM event WHERE session = ? ORDER BY seq",
    );
    for (const [session, log] of this.#logs) {
      const rows = events.all(session) as unknown as readonly Row[];
      if (rows.length !== log.length)
        this.#trace.violated(`${session}: ${rows.length} events are stored of ${log.length}`);
      let chain = sha256(session);
      for (const [at, row] of rows.entries()) {
        if (row.seq !== at + 1 || row.json !== log[at]?.json)
          this.#trace.violated(`${session}: event ${row.seq} is not the one that was stored`);
        if (row.digest !== sha256(`${row.salt}${row.json}`))
          this.#trace.violated(`${session}: digest ${row.seq}`);
        chain = sha256(`${chain}${row.seq}${row.digest}`);
        if (row.chain !== chain) this.#trace.violated(`${session}: the chain breaks at ${row.seq}`);
      }
    }
    for (const { session, seq, id } of this.#acked.values())
      if (messageIn(this.#logs.get(session)?.[seq - 1]?.json) !== id)
        this.#trace.violated(`${session}: ${id} was acknowledged as ${seq}, which is something else`);
  }

  /** At the end, when nothing fails any more. */
  ended(): void {
    this.survived();
    for (const id of this.#owed.keys())
      if (!this.#received.has(id)) this.#trace.violated(`${id} was never delivered`);
    const { waiting } = this.#db.prepare("SELECT count(*) AS waiting FROM outbox").get() as {
      waiting: number;
    };
    if (waiting > 0) this.#trace.violated(`${waiting} items are still in the outbox`);
    const { limits } = this.#shop.policy;
    const shop = { beside: this.#db, budgets: BUDGETS, gifts: limits.gifts };
    const { overspent, adrift } = countBudgets(shop as never);
    if (overspent > 0) this.#trace.violated(`budgets gave ${overspent} more than they hold`);
    if (adrift > 0) this.#trace.violated(`${adrift} budgets are not the sum of their orders`);
    const open = this.#db
      .prepare("SELECT count(*) AS n FROM intent WHERE status IN ('pending', 'approval_pending')")
      .get() as { n: number };
    if (open.n > 0) this.#trace.violated(`${open.n} orders neither were answered nor expired`);
    this.#ledger.balance(null);
  }
}

interface Row {
  readonly seq: number;
  readonly json: string;
  readonly salt: string;
  readonly digest: string;
  readonly chain: string;
}

interface Truth {
  text(session: string, seq: number): string | undefined;
  acked(session: string, id: string, seq: number): void;
}

/** What one connection was told, frame by frame. */
export class Reader {
  readonly #name: string;
  readonly #trace: Trace;
  readonly #truth: Truth;
  #asked: number | null = null;
  #session = "";
  #secret = "";
  #epoch = "";
  #seq = 0;

  constructor(name: string, trace: Trace, truth: Truth) {
    this.#name = name;
    this.#trace = trace;
    this.#truth = truth;
  }

  says(text: string): void {
    const frame = JSON.parse(text) as { type: string; resume?: { seq: number; secret: string } };
    if (frame.type !== "hello") return;
    this.#asked = frame.resume?.seq ?? null;
    this.#secret = frame.resume?.secret ?? "";
  }

  /** What it takes to be in this session on another connection; null before the welcome. */
  resume(): { session: string; secret: string; epoch: string; seq: number } | null {
    if (this.#session === "") return null;
    return { session: this.#session, secret: this.#secret, epoch: this.#epoch, seq: this.#seq };
  }

  hears(text: string): void {
    const frame = JSON.parse(text) as Record<string, never> & { type: string; seq: number };
    if (frame.type === "welcome") {
      this.#session = frame.session ?? "";
      this.#epoch = frame.epoch ?? "";
      this.#secret = frame.secret ?? this.#secret;
      this.#seq = this.#asked ?? frame.seq;
    } else if (frame.type === "resume_failed")
      this.#trace.violated(`${this.#name}: nothing was lost, and yet ${text}`);
    else if (frame.type === "event") this.#event(frame.seq, text);
    else if (frame.type === "ack") this.#ack(frame);
    else if (frame.type === "fault") this.#trace.count(`fault_${frame.code}`);
  }

  #event(seq: number, text: string): void {
    this.#next(seq);
    const stored = this.#truth.text(this.#session, seq);
    if (text !== `{"type":"event","seq":${seq},"event":${stored}}`)
      this.#trace.violated(
        `${this.#name} was told an event ${seq} of ${this.#session} that ${stored ? "reads otherwise in the log" : "is not stored"}`,
      );
  }

  #ack({ id, seq, duplicate }: Record<string, never> & { seq: number }): void {
    this.#trace.count(duplicate ? "acks_of_repeats" : "acks");
    if (!duplicate) this.#next(seq);
    this.#truth.acked(this.#session, String(id), seq);
    if (messageIn(this.#truth.text(this.#session, seq)) !== id)
      this.#trace.violated(
        `${this.#name}: ${id} was acknowledged as ${seq} of ${this.#session} and is not stored`,
      );
  }

  #next(seq: number): void {
    if (seq !== this.#seq + 1)
      this.#trace.violated(`${this.#name}: event ${seq} of ${this.#session} came after ${this.#seq}`);
    this.#seq = seq;
  }
}

function messageIn(json: string | undefined): string | undefined {
  return json === undefined ? undefined : (JSON.parse(json) as Event).message?.id;
}

function nameOf(outcome: unknown): string {
  return typeof outcome === "string" ? outcome : Object.keys(outcome as object).join();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

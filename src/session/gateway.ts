import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Spent } from "../asking/asker.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Event, EventOf, Numbered } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { canonical } from "../domain/hash.ts";
import type { Party } from "../domain/party.ts";
import type { Call } from "../domain/question.ts";
import { fold, initial, type State } from "../domain/state.ts";
import { Vendor } from "../domain/vendor.ts";
import type { Hello, Resume } from "../protocol/frames.ts";
import type { House } from "./house.ts";
import { Session } from "./session.ts";

/** What opening a session needs of a hello. */
export type Opening = Pick<Hello, "lang" | "channel" | "kind" | "currency" | "ship_to">;

/** All sessions of this process: opens them, finds them again, forgets idle ones (the log remembers). */
export class Gateway {
  readonly house: House;
  readonly #live = new Map<string, Promise<Session>>();
  readonly #secret: string;
  #draining = false;

  /** `secret` keys what is derived for clients that open by idempotency key. */
  constructor(house: House, secret: string) {
    this.house = house;
    this.#secret = secret;
  }

  get draining(): boolean {
    return this.#draining;
  }

  get size(): number {
    return this.#live.size;
  }

  /**
   * A new session and the secret that its owner alone gets. With an idempotency key both follow from the key, so that
   * the same request again finds the same session: `opened` is then false.
   */
  async open(
    opening: Opening,
    party: Party,
    key?: string,
  ): Promise<{ session: Session; secret: string; opened: boolean }> {
    if (this.#draining) throw new Fault("draining", "the gateway is going away; connect again");
    const opened = this.#opened(opening, party);
    // Ids begin with the time where they can, so that rows of sessions of one time lie together on disk.
    const time = key === undefined ? Date.parse(opened.at).toString(36) : "";
    const id = `ses_${time}${this.#token("id", 12, party, key)}`;
    const secret = this.#token("secret", 24, party, key);
    // Two of the same request may run at once: the first makes the session, the other finds it being made.
    if (key !== undefined && ((await this.house.store.session(id)) || this.#live.has(id))) {
      const session = await this.find(id);
      await mustMatch(this.house, session, opened);
      return { session, secret, opened: false };
    }
    const record = { id, secret_hash: hashOf(secret), principal: party.principal, opened_at: opened.at };
    this.#makeRoom();
    const session = await this.#enlist(
      id,
      this.house.store.open(record, { seq: 1, event: opened, json: JSON.stringify(opened) }).then(
        () =>
          new Session(id, this.house, {
            state: initial(opened, 1),
            ids: new Map(),
            decided: [],
            turns: 0,
            calls: 0,
            spent: NOTHING,
          }),
      ),
    );
    this.house.meter.step([opened]);
    return { session, secret, opened: true };
  }

  /** The session of somebody who holds its secret. */
  async enter(id: string, secret: string): Promise<Session> {
    const record = await this.house.store.session(id);
    if (!record) throw new Fault("unknown_session", "there is no such session here; open a new one");
    const given = Buffer.from(hashOf(secret));
    if (!timingSafeEqual(given, Buffer.from(record.secret_hash))) {
      throw new Fault("unauthorized", "that is not this session's secret");
    }
    return this.find(id);
  }

  /** A resume is good when the history is the same and reaches as far as the client has read. */
  async resume(
    resume: Resume,
  ): Promise<{ session: Session; failed: "epoch_changed" | "seq_unknown" | null }> {
    const session = await this.enter(resume.session, resume.secret);
    const failed =
      resume.epoch !== this.house.store.epoch
        ? ("epoch_changed" as const)
        : resume.seq > session.state.seq
          ? ("seq_unknown" as const)
          : null;
    return { session, failed };
  }

  /** The session by its id, from memory or from the log. For callers whose right to it is settled. */
  async find(id: string): Promise<Session> {
    const known = this.#live.get(id);
    if (known) {
      const session = await known;
      if (!session.stale) return session;
      // Of all who find it stale, one loads it again.
      if (this.#live.get(id) !== known) return this.find(id);
    }
    this.#makeRoom();
    return this.#enlist(id, this.#load(id));
  }

  /** Whoever asks for this session from here on gets the same one. */
  async #enlist(id: string, coming: Promise<Session>): Promise<Session> {
    this.#live.set(id, coming);
    try {
      const session = await coming;
      if (this.#draining) session.drain();
      return session;
    } catch (error) {
      if (this.#live.get(id) === coming) this.#live.delete(id);
      throw error;
    }
  }

  /** No new sessions from here on, and no waiting for a model. */
  drain(): void {
    this.#draining = true;
    for (const coming of this.#live.values())
      void coming.then(
        (session) => session.drain(),
        () => {},
      );
  }

  /** Resolves when no session has work left. */
  async settled(): Promise<void> {
    for (const waiting of [...this.#live.values()]) {
      const session = await waiting.catch(() => null);
      await session?.settled();
    }
  }

  #opened(opening: Opening, party: Party): EventOf<"opened"> {
    const { vendor } = this.house.policy();
    const currencies = Object.keys(vendor.default_ship_to);
    const fits = (country: string) => vendor.markets.find((market) => market.country === country)?.currency;
    const currency =
      opening.currency ?? (opening.ship_to && fits(opening.ship_to.country)) ?? vendor.markets[0]?.currency;
    const ship_to = opening.ship_to ?? (currency ? vendor.default_ship_to[currency] : undefined);
    if (!currency || !ship_to || !currencies.includes(currency)) {
      throw new Fault(
        "unsupported_currency",
        `this vendor sells in ${currencies.join(", ")}; name one of them`,
      );
    }
    return {
      kind: "opened",
      at: this.house.clock.now(),
      lang: opening.lang,
      currency,
      channel: opening.channel,
      party,
      ship_to,
      rounds: vendor.rounds,
    };
  }

  #token(what: string, bytes: number, party: Party, key: string | undefined): string {
    if (key === undefined) return randomBytes(bytes).toString("base64url");
    const mac = createHmac("sha256", this.#secret).update(`${what}\n${party.principal}\n${key}`).digest();
    return mac.subarray(0, bytes).toString("base64url");
  }

  async #load(id: string): Promise<Session> {
    const ids = new Map<string, number>();
    let state: State | null = null;
    let wordless: { seq: number; event: EventOf<"reply"> } | null = null;
    let turns = 0;
    for (let after = 0; ; ) {
      const page = await this.house.store.read(id, after, BOUNDS.page_events);
      for (const { seq, json } of page) {
        const numbered: Numbered = { seq, event: JSON.parse(json) as Event };
        if (numbered.event.kind === "opened") state = initial(numbered.event, seq);
        else if (state) state = fold(state, numbered);
        if (numbered.event.kind === "message") ids.set(numbered.event.message.id, seq);
        if (numbered.event.kind === "reply") {
          turns += 1;
          wordless = numbered.event.words ? null : { seq, event: numbered.event };
        }
        if (numbered.event.kind === "words") wordless = null;
        after = seq;
      }
      if (page.length < BOUNDS.page_events) break;
    }
    if (!state) throw new Fault("unknown_session", "there is no such session here; open a new one");
    const calls = this.house.model ? await this.house.store.calls(id) : [];
    const decided = (await this.house.store.turns(id)).map(({ reply, reasons }) => ({ reply, reasons }));
    const loaded = { state, ids, decided, turns, calls: calls.length, spent: spentOn(calls) };
    const session = new Session(id, this.house, loaded);
    if (wordless) {
      const { seq: reply, event } = wordless;
      const vendor = await this.#vendorAt(id, reply);
      await session.sayUnsaid({ reply, move: event.move, at: event.at }, vendor);
    }
    return session;
  }

  /** The vendor as it stood when that reply was decided; as it stands now where that is not kept. */
  async #vendorAt(id: string, reply: number): Promise<Vendor> {
    const now = this.house.policy();
    const record = (await this.house.store.turns(id)).find((turn) => turn.reply === reply);
    if (!record || record.policy === now.policy) return now.vendor;
    const kept = await this.house.store.policy(record.policy);
    const then = kept === null ? null : Vendor.safeParse((JSON.parse(kept) as { vendor: unknown }).vendor);
    return then?.success ? then.data : now.vendor;
  }

  /** Memory is bounded: the sessions longest idle leave it, and come back from the log when asked for. */
  #makeRoom(): void {
    if (this.#live.size < BOUNDS.sessions) return;
    void this.#forgetIdle();
    if (this.#live.size >= BOUNDS.sessions * 1.1) {
      throw new Fault("too_many_sessions", "the gateway is full; come back in a minute");
    }
  }

  async #forgetIdle(): Promise<void> {
    const idle: Session[] = [];
    for (const waiting of [...this.#live.values()]) {
      const session = await waiting.catch(() => null);
      if (session?.idle) idle.push(session);
    }
    idle.sort((a, b) => a.usedAt - b.usedAt);
    for (const session of idle.slice(0, Math.ceil(BOUNDS.sessions / 10))) {
      if (session.idle) this.#live.delete(session.id);
    }
  }
}

const NOTHING: Spent = { questions: 0, tokens: 0, micro_usd: 0 };

function spentOn(calls: readonly { readonly call: Call }[]): Spent {
  return calls.reduce(
    (sum, { call }) => ({
      questions: sum.questions + (call.requests > 0 ? 1 : 0),
      tokens: sum.tokens + (call.tokens ? call.tokens.in + call.tokens.out : 0),
      micro_usd: sum.micro_usd + (call.micro_usd ?? 0),
    }),
    NOTHING,
  );
}

/** The same key with another wish is a mistake, not a repeat. */
async function mustMatch(house: House, session: Session, wanted: EventOf<"opened">): Promise<void> {
  const [first] = await house.store.read(session.id, 0, 1);
  const before = first ? { ...(JSON.parse(first.json) as EventOf<"opened">), at: wanted.at } : null;
  if (canonical(before) === canonical(wanted)) return;
  throw new Fault("id_reused", "this Idempotency-Key opened another kind of session; choose a new key");
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

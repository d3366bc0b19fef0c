import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { BOUNDS } from "../domain/bounds.ts";
import { beginning } from "../domain/chain.ts";
import type { EventOf } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { canonical } from "../domain/hash.ts";
import type { Party } from "../domain/party.ts";
import { notSoldIn, problemOfPlace } from "../domain/problems.ts";
import type { Logged } from "../ports/store.ts";
import type { Hello, Resume } from "../protocol/frames.ts";
import { heldFromOpening } from "./held.ts";
import type { House } from "./house.ts";
import { logged } from "./logged.ts";
import { erased, type Seen, seenAfter, storedAfter } from "./seen.ts";
import { Session } from "./session.ts";

/** What opening a session needs of a hello. */
export type Opening = Pick<Hello, "lang" | "channel" | "kind" | "currency" | "ship_to">;

/** All sessions of this process: opens them, finds them again, forgets idle ones (the log remembers). */
export class Gateway {
  readonly house: House;
  readonly #live = new Map<string, Promise<Session>>();
  readonly #here = new Map<string, Session>();
  readonly #secret: string;
  readonly #bound: number;
  #draining = false;

  /** `secret` keys what is derived for clients that open by idempotency key; `bound` sessions are kept in memory. */
  constructor(house: House, secret: string, bound: number = BOUNDS.sessions) {
    this.house = house;
    this.#secret = secret;
    this.#bound = bound;
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
    const [first] = logged([opened], 0, beginning(id)) as [Logged];
    const again = async () => {
      const session = await this.find(id);
      await mustMatch(this.house, session, opened);
      return { session, secret, opened: false };
    };
    // Two of the same request may run at once, on one node or several: one makes the session, the others find it.
    if (key !== undefined && ((await this.house.store.session(id)) || this.#live.has(id))) return again();
    this.#makeRoom();
    const record = { id, secret_hash: hashOf(secret), principal: party.principal, opened_at: opened.at };
    let made = true;
    const coming = this.house.store.open(record, first).then((opens) => {
      made = opens;
      if (!made) return this.#load(id);
      const seen = seenAfter(null, first) as Seen;
      return new Session(id, this.house, seen, heldFromOpening(this.house, first.chain));
    });
    const session = await this.#enlist(id, coming);
    if (!made) return again();
    this.house.meter.step([opened]);
    return { session, secret, opened: true };
  }

  /** The session of somebody who holds its secret; `may` refuses, by throwing, whoever may not enter its principal's. */
  async enter(id: string, secret: string, may: (principal: string) => void = () => {}): Promise<Session> {
    const record = await this.house.store.session(id);
    if (!record) throw (await this.house.store.receipt(id)) === null ? unknown() : erased();
    const given = Buffer.from(hashOf(secret));
    if (!timingSafeEqual(given, Buffer.from(record.secret_hash))) {
      if ((await this.house.store.receipt(id)) !== null) throw erased();
      throw new Fault("unauthorized", "that is not this session's secret");
    }
    may(record.principal);
    return this.find(id);
  }

  /** A resume is good when the history is the same and reaches as far as the client has read. */
  async resume(
    resume: Resume,
    may?: (principal: string) => void,
  ): Promise<{ session: Session; failed: "epoch_changed" | "seq_unknown" | null }> {
    const session = await this.enter(resume.session, resume.secret, may);
    const failed =
      resume.epoch !== this.house.store.epoch
        ? ("epoch_changed" as const)
        : resume.seq > session.state.seq
          ? ("seq_unknown" as const)
          : null;
    return { session, failed };
  }

  /**
   * The session by its id, as it stands in the log now. For callers whose right to it is settled. A reply that was left
   * without words gets them, unless what follows is to keep it from that.
   */
  async find(id: string, worded = true): Promise<Session> {
    const known = this.#live.get(id);
    if (!known) this.#makeRoom();
    const session = await (known ?? this.#enlist(id, this.#load(id)));
    session.usedAt = performance.now();
    try {
      if (known) await session.look();
      if (worded) await session.finishWords();
    } catch (error) {
      // What is not in the store any more is of no use here.
      if (error instanceof Fault && GONE.has(error.code)) this.#forget(id);
      throw error;
    }
    // It may have been forgotten meanwhile: whoever watched that copy would hear nothing of what is said in another.
    return this.#here.get(id) === session ? session : this.find(id, worded);
  }

  /** A session that is in memory. */
  here(id: string): Session | undefined {
    return this.#here.get(id);
  }

  /** The sessions in memory. */
  loaded(): IteratorObject<Session> {
    return this.#here.values();
  }

  /** The sessions that somebody watches here. */
  *watched(): Generator<Session> {
    for (const session of this.#here.values()) if (session.watched) yield session;
  }

  /** Whoever asks for this session from here on gets the same one. */
  async #enlist(id: string, coming: Promise<Session>): Promise<Session> {
    this.#live.set(id, coming);
    try {
      const session = await coming;
      this.#here.set(id, session);
      if (this.#draining) session.drain();
      return session;
    } catch (error) {
      if (this.#live.get(id) === coming) this.#forget(id);
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
      throw notSoldIn(currencies);
    }
    const wrong = opening.ship_to ? problemOfPlace(opening.ship_to, currency, vendor) : null;
    if (wrong) throw wrong;
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

  /** Nobody is fenced by it: whoever only watches or reads takes nothing from the session's writer. */
  async #load(id: string): Promise<Session> {
    let seen: Seen | null = null;
    for (const stored of await storedAfter(this.house.store, id, 0)) seen = seenAfter(seen, stored);
    if (!seen) throw unknown();
    return new Session(id, this.house, seen, null);
  }

  #forget(id: string): void {
    this.#live.delete(id);
    this.#here.delete(id);
  }

  /** Memory is bounded: the sessions longest idle leave it, and come back from the log when asked for. */
  #makeRoom(): void {
    if (this.#live.size < this.#bound) return;
    void this.#forgetIdle();
    if (this.#live.size >= this.#bound * 1.1) {
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
    for (const session of idle.slice(0, Math.ceil(this.#bound / 10))) {
      if (session.idle) this.#forget(session.id);
    }
  }
}

/** The same key with another wish is a mistake, not a repeat. */
async function mustMatch(house: House, session: Session, wanted: EventOf<"opened">): Promise<void> {
  const [first] = await house.store.read(session.id, 0, 1);
  const before = first ? { ...(JSON.parse(first.json) as EventOf<"opened">), at: wanted.at } : null;
  if (canonical(before) === canonical(wanted)) return;
  throw new Fault("id_reused", "this Idempotency-Key opened another kind of session; choose a new key");
}

const GONE: ReadonlySet<string> = new Set(["unknown_session", "session_erased"]);

function unknown(): Fault {
  return new Fault("unknown_session", "there is no such session here; open a new one");
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

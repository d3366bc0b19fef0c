import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Party } from "../domain/party.ts";
import { type Access, type Rights, rightsOf } from "../domain/rights.ts";
import { type Buckets, buckets } from "./rates.ts";
import { type Guest, Visit, type Visitor } from "./visit.ts";

export interface GuestOptions {
  /** Of one connection, and of one session over HTTP. */
  readonly messages_per_minute: number;
  /** As configured. Where they are not, each has its default, and addresses of this machine itself have none. */
  readonly address_connections?: number | undefined;
  readonly address_opens_per_minute?: number | undefined;
  readonly address_messages_per_minute?: number | undefined;
  /** Rights by tier, as they stand now. */
  access(): Access;
  /** Milliseconds. */
  now(): number;
}

/**
 * Who is here, and how much each may do at once: by address, by principal, by connection. What one has too much is refused
 * to that one alone. All of it is of this node and in memory; what is counted by the day stands in the store.
 */
export class Guests {
  readonly options: GuestOptions;
  readonly #connections = new Map<string, number>();
  readonly #present = new Map<string, Set<Visitor>>();
  readonly #opens: Buckets;
  readonly #messages: Buckets;
  readonly #bytes: Buckets;
  readonly #asks: Buckets;
  #revoked: ReadonlySet<string> = new Set();

  constructor(options: GuestOptions) {
    this.options = options;
    this.#opens = buckets("openings", options.now);
    this.#messages = buckets("messages", options.now);
    this.#bytes = buckets("bytes", options.now);
    this.#asks = buckets("messages with a model's help", options.now);
  }

  /** A connection comes from this address. Throws `too_many_connections` or `rate_limited`. */
  arrive(address: string): Visit {
    this.opening(address);
    this.#countAddress(address);
    return new Visit(this, address);
  }

  /** One that arrived is gone; once for each. */
  gone(address: string): void {
    this.#uncount(`address ${address}`);
    const around = networkOf(address);
    if (around) this.#uncount(around);
  }

  /**
   * Somebody listens over HTTP until this is called back, and counts as a connection does; `end` is called when it is turned
   * away meanwhile. Throws `revoked` or `too_many_connections`.
   */
  listen(guest: Guest, end: (fault: Fault) => void): () => void {
    this.mustBeWelcome(guest.party.principal);
    this.#countAddress(guest.address);
    const visitor = { end };
    try {
      this.stay(guest, visitor);
    } catch (error) {
      this.gone(guest.address);
      throw error;
    }
    return once(() => {
      this.leave(guest, visitor);
      this.gone(guest.address);
    });
  }

  /** Somebody at this address asks to be let in, whether it is or not. Throws `rate_limited`. */
  opening(address: string): void {
    const { address_opens_per_minute: most } = this.options;
    const bound = most ?? (isOwn(address) ? undefined : BOUNDS.address_opens_per_minute);
    this.#opens.spend(`address ${address}`, bound);
    const around = networkOf(address);
    if (around && bound !== undefined) this.#opens.spend(around, bound * BOUNDS.network);
  }

  /** A session is opened or gone on with. Throws `revoked` or `rate_limited`. */
  entering(guest: Guest): void {
    this.mustBeWelcome(guest.party.principal);
    this.#opens.spend(nameOf(guest), this.rightsOf(guest).opens_per_minute);
  }

  /** Throws `rate_limited` when this address sends or asks for too much, whoever it is; `bytes` is the size of it. */
  ofAddress(address: string, bytes: number): void {
    const { messages_per_minute, address_messages_per_minute } = this.options;
    const crowd = isOwn(address) ? undefined : messages_per_minute * BOUNDS.crowd;
    const bound = address_messages_per_minute ?? crowd;
    this.#both(`address ${address}`, bound, bytes);
    const around = networkOf(address);
    if (around && bound !== undefined) this.#both(around, bound * BOUNDS.network, bytes);
  }

  /** Throws `rate_limited` when this principal sends too much; `bytes` is the size of it. */
  ofPrincipal(guest: Guest, bytes: number): void {
    const crowd = countedByAddress(guest) ? undefined : this.options.messages_per_minute * BOUNDS.crowd;
    this.#both(nameOf(guest), this.rightsOf(guest).messages_per_minute ?? crowd, bytes);
  }

  /** Throws `rate_limited` when this session, over HTTP, sends too much. */
  inSession(session: string, bytes: number): void {
    this.#both(`session ${session}`, this.options.messages_per_minute, bytes);
  }

  /** Whether a language model may help with this party's message; the house does it alone otherwise. */
  mayAsk(guest: Guest): boolean {
    try {
      this.#asks.spend(nameOf(guest), this.rightsOf(guest).model_turns_per_minute);
      return true;
    } catch {
      return false;
    }
  }

  rightsOf({ party }: Pick<Guest, "party">): Rights {
    return rightsOf(this.options.access(), party.tier);
  }

  /** What a party may send a minute on one connection: what its welcome says. */
  messagesOf(party: Party): number {
    const { messages_per_minute } = this.options;
    return Math.min(messages_per_minute, this.rightsOf({ party }).messages_per_minute ?? messages_per_minute);
  }

  #countAddress(address: string): void {
    const { address_connections } = this.options;
    const most = address_connections ?? (isOwn(address) ? undefined : BOUNDS.address_connections);
    this.#count(`address ${address}`, most, "address");
    const around = networkOf(address);
    if (!around) return;
    try {
      this.#count(around, most && most * BOUNDS.network, "network");
    } catch (error) {
      this.#uncount(`address ${address}`);
      throw error;
    }
  }

  /** This principal is here until it leaves. Throws `too_many_connections`. */
  stay(guest: Guest, visitor: Visitor): void {
    const { connections } = this.rightsOf(guest);
    const most = connections ?? (countedByAddress(guest) ? undefined : BOUNDS.principal_connections);
    this.#count(nameOf(guest), most, "principal");
    this.#enter(guest.party.principal, visitor);
  }

  /** Once for each that stays. */
  leave(guest: Guest, visitor: Visitor): void {
    this.#uncount(nameOf(guest));
    this.#exit(guest.party.principal, visitor);
  }

  /** Somebody is here until this is called back; `end` is called when the principal is turned away meanwhile. */
  present(principal: string, end: (fault: Fault) => void): () => void {
    const visitor = { end };
    this.#enter(principal, visitor);
    return () => this.#exit(principal, visitor);
  }

  /** One more under a name. Throws `too_many_connections`. */
  #count(name: string, most: number | undefined, of: string): void {
    const here = this.#connections.get(name) ?? 0;
    if (most !== undefined && here >= most)
      throw new Fault("too_many_connections", `${most} connections are the most of one ${of}; close another`);
    this.#connections.set(name, here + 1);
  }

  #uncount(name: string): void {
    const left = (this.#connections.get(name) ?? 1) - 1;
    if (left > 0) this.#connections.set(name, left);
    else this.#connections.delete(name);
  }

  #enter(principal: string, visitor: Visitor): void {
    const all = this.#present.get(principal) ?? new Set();
    this.#present.set(principal, all.add(visitor));
  }

  #exit(principal: string, visitor: Visitor): void {
    const all = this.#present.get(principal);
    all?.delete(visitor);
    if (all?.size === 0) this.#present.delete(principal);
  }

  /** Throws `revoked`. */
  mustBeWelcome(principal: string): void {
    if (this.#revoked.has(principal)) throw turnedAway();
  }

  /** Everybody who is turned away from now on; who of them is here is ended. */
  turnAway(principals: ReadonlySet<string>): void {
    this.#revoked = principals;
    for (const principal of principals)
      for (const visitor of [...(this.#present.get(principal) ?? [])]) visitor.end(turnedAway());
  }

  #both(who: string, per_minute: number | undefined, bytes: number): void {
    if (per_minute === undefined) return;
    this.#messages.spend(who, per_minute);
    this.#bytes.spend(who, per_minute * BOUNDS.message_bytes, bytes);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

/** Those who show nothing are told apart by where they come from. */
function nameOf({ address, party }: Guest): string {
  return party.principal === "anonymous" ? `anonymous ${address}` : party.principal;
}

/** Whoever shows nothing, and would be counted twice; many of them may come through a proxy of this very machine. */
function countedByAddress({ party }: Guest): boolean {
  return party.tier === "anonymous";
}

/** The /48 around an IPv6 address, which many hold whole: it would have 256 addresses as they are counted. */
function networkOf(address: string): string | null {
  const [, network] = /^([\da-f]+:[\da-f]+:[\da-f]+):[\da-f]+::\/56$/.exec(address) ?? [];
  return network === undefined ? null : `network ${network}::/48`;
}

/** Of this very machine: a proxy before the gateway is, and all who come through it would be one. */
function isOwn(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

function turnedAway(): Fault {
  return new Fault("revoked", "this vendor has turned this identity away; ask the vendor");
}

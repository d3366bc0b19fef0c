import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Party } from "../domain/party.ts";
import { Bucket } from "./rates.ts";

/** Somebody who may send messages: from where, and as whom. */
export interface Guest {
  readonly address: string;
  readonly party: Party;
}

/** Whoever is told that it is turned away. */
export interface Visitor {
  end(fault: Fault): void;
}

/** Who counts what all connections of one address and of one principal do together. */
interface Host {
  readonly options: { readonly messages_per_minute: number; now(): number };
  opening(address: string): void;
  entering(guest: Guest): void;
  stay(guest: Guest, visitor: Visitor): void;
  leave(guest: Guest, visitor: Visitor): void;
  gone(address: string): void;
  ofAddress(address: string, bytes: number): void;
  ofPrincipal(guest: Guest, bytes: number): void;
  mayAsk(guest: Guest): boolean;
  messagesOf(party: Party): number;
}

/** One connection, from its arrival to its end. */
export class Visit {
  readonly address: string;
  readonly #guests: Host;
  readonly #messages: Bucket;
  readonly #bytes: Bucket;
  #guest: Guest | null = null;
  #visitor: Visitor | null = null;
  #refusals = 0;
  #gone = false;
  #greeted = false;

  constructor(guests: Host, address: string) {
    const { messages_per_minute, now } = guests.options;
    this.address = address;
    this.#guests = guests;
    this.#messages = new Bucket(messages_per_minute, "messages", now);
    this.#bytes = new Bucket(messages_per_minute * BOUNDS.message_bytes, "bytes", now);
  }

  /** It says hello. The first one is paid for by its arrival, those after it as much again. Throws `rate_limited`. */
  hello(): void {
    if (this.#greeted) this.#guests.opening(this.address);
    this.#greeted = true;
  }

  /** It is known who this is; `visitor` is ended when that ends. Throws `revoked`, `rate_limited`, `too_many_connections`. */
  enter(party: Party, visitor: Visitor): void {
    if (this.#gone) return;
    const guest = { address: this.address, party };
    this.#guests.entering(guest);
    this.exit();
    this.#guests.stay(guest, visitor);
    this.#visitor = visitor;
    this.#guest = guest;
  }

  /** It is nobody in particular any more. */
  exit(): void {
    if (this.#guest && this.#visitor) this.#guests.leave(this.#guest, this.#visitor);
    this.#visitor = null;
    this.#guest = null;
  }

  /** A message of so many bytes. Throws `rate_limited`, and `flooding` when that is not heeded. */
  message(bytes: number): void {
    try {
      this.#messages.spend();
      this.#bytes.spend(bytes);
      this.#guests.ofAddress(this.address, bytes);
      if (this.#guest) this.#guests.ofPrincipal(this.#guest, bytes);
      this.#refusals = Math.max(0, this.#refusals - 1);
    } catch (error) {
      this.#refusals += 1;
      if (this.#refusals < BOUNDS.refusals) throw error;
      throw new Fault("flooding", "far more was sent than is taken; connect again, and wait when told to");
    }
  }

  mayAsk(): boolean {
    return this.#guest === null || this.#guests.mayAsk(this.#guest);
  }

  /** What may be sent a minute. */
  get messages_per_minute(): number {
    const { options } = this.#guests;
    return this.#guest ? this.#guests.messagesOf(this.#guest.party) : options.messages_per_minute;
  }

  left(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.exit();
    this.#guests.gone(this.address);
  }
}

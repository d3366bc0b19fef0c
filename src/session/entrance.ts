import { Fault } from "../domain/fault.ts";
import type { Party } from "../domain/party.ts";
import { principalOf, type Staff } from "../domain/staff.ts";
import { closeCode } from "../protocol/codec.ts";
import type { Hello } from "../protocol/frames.ts";
import { type Door, type Identity, identify, mustBeOwner, partyOf, staffBy } from "./admission.ts";
import { endAt } from "./ending.ts";
import type { Gateway } from "./gateway.ts";
import type { Session } from "./session.ts";
import { isTicket } from "./tickets.ts";
import type { Visit } from "./visit.ts";

/** What a connection comes with. */
export interface EntranceOptions {
  readonly door: Door;
  readonly visit: Visit;
  /** Who the upgrade request showed; null when it showed nothing. */
  readonly identity: Identity | null;
  /** Staff's token, when it came with the upgrade. */
  readonly key?: string | undefined;
  /** Who is signed in where it comes from; rejects with what stands against believing that. */
  readonly staff?: (() => Promise<Staff>) | undefined;
  /** Of the page that connects. */
  readonly origin?: string | undefined;
}

interface Ends {
  end(fault: Fault): void;
}

/** The session a hello leads to, and from where on its log is to be told. */
export interface Entered {
  readonly session: Session;
  readonly after: number;
  /** Told once, when it was just opened. */
  readonly secret?: string;
  readonly resumed: boolean;
  /** Why a resume was not possible. */
  readonly failed: "epoch_changed" | "seq_unknown" | null;
  /** Who of the vendor's people it is, where it is one. */
  readonly staff?: Staff;
}

/** How one connection shows who it is: at its hello, and again before a token ends.*/
export class Entrance {
  readonly #gateway: Gateway;
  readonly #options: EntranceOptions;
  readonly #connection: Ends;
  #identity: Identity | null;
  #expiry: () => void = () => {};
  #left = false;

  constructor(gateway: Gateway, options: EntranceOptions, connection: Ends) {
    this.#gateway = gateway;
    this.#options = options;
    this.#identity = options.identity;
    this.#connection = connection;
  }

  /** Where this hello leads, for who may go there. Throws what refuses it. */
  async enter(hello: Hello): Promise<Entered> {
    const { door, key, origin, visit } = this.#options;
    visit.hello();
    if (hello.role !== "buyer") {
      const staff = await staffBy(door, hello.role, hello.key ?? key, this.#options.staff);
      if (!hello.session) throw new Fault("bad_frame", "session: staff name the session they want to watch");
      const session = await this.#gateway.find(hello.session);
      const principal = principalOf(staff);
      const tier = "api_key" as const;
      this.#comeIn({ principal, kind: "person", tier }, { principal, tier, until: staff.until });
      return { session, after: 0, resumed: false, failed: null, staff };
    }
    const shown = hello.key === undefined ? this.#identity : await identify(door, { key: hello.key, origin });
    if (hello.resume) {
      const { session, failed } = await this.#gateway.resume(hello.resume, (owner) =>
        mustBeOwner(owner, shown),
      );
      this.#comeIn(session.state.party, shown);
      return { session, after: failed ? 0 : hello.resume.seq, resumed: failed === null, failed };
    }
    const party = await partyOf(door, shown, hello.kind, hello.mandate);
    this.#comeIn(party, shown);
    const { session, secret } = await this.#gateway.open(hello, party);
    return { session, after: session.state.seq, secret, resumed: false, failed: null };
  }

  /**
   * Takes a fresh token in the place of the one that is shown; gives when it ends. Throws `forbidden` for what is none, which
   * changes nothing: the connection stands for as long as it would have.
   */
  async renew(key: string): Promise<string> {
    // Looked at no further: a ticket would be used up by it.
    if (isTicket(key)) throw notRenewed("a ticket renews nothing");
    const fresh = await identify(this.#options.door, { key }).catch((error: unknown) => {
      const ends = error instanceof Fault && closeCode(error.code) !== null;
      throw ends ? notRenewed(error.message, error.cause) : error;
    });
    if (!fresh?.until) throw notRenewed("an API key renews nothing");
    if (fresh.principal !== this.#identity?.principal) throw notRenewed("this is a token of somebody else");
    this.#lasts(fresh);
    return fresh.until;
  }

  /** Nobody in particular is here any more; another hello may follow. */
  exit(): void {
    this.#expiry();
    this.#options.visit.exit();
  }

  /** The connection is gone. */
  left(): void {
    this.#left = true;
    this.exit();
  }

  /** Who this is is known, until it is turned away or what it showed ends. */
  #comeIn(party: Party, shown: Identity | null): void {
    if (this.#left) return;
    this.#options.visit.enter(party, this.#connection);
    this.#lasts(shown);
  }

  #lasts(shown: Identity | null): void {
    if (this.#left) return;
    this.#expiry();
    this.#identity = shown;
    this.#expiry = endAt(shown?.until ?? null, this.#gateway.house.clock, this.#connection);
  }
}

function notRenewed(why: string, cause?: unknown): Fault {
  const mend = "send a fresh access token of the holder that opened this connection, which goes on as it was";
  return new Fault("forbidden", `${why}; ${mend}`, { cause });
}

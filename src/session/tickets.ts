import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Clock } from "../ports/clock.ts";

/** How a ticket is told from a key. */
const PREFIX = "tkt_";

const Body = z.strictObject({ n: z.string(), until: z.iso.datetime(), origin: z.string().optional() });

/** A ticket as its holder reads it. */
export interface Ticket {
  readonly ticket: string;
  readonly expires_at: string;
}

/**
 * Tickets let somebody in once, soon, and only from the page they were given to: what a browser can show, which cannot
 * keep a key. They are signed, so that every node of a vendor takes those of any other; that one is used once is the
 * store's to say.
 */
export interface Tickets {
  issue(origin: string | undefined): Ticket;
  /** Throws `unauthorized`. What it gives MUST be used up (`once`) before it counts. */
  check(ticket: string, origin: string | undefined): { readonly nonce: string; readonly until: string };
}

export function tickets(secret: string, clock: Clock): Tickets {
  const mac = (body: string) => createHmac("sha256", secret).update(`ticket\n${body}`).digest();
  return {
    issue: (origin) => {
      const until = new Date(Date.parse(clock.now()) + BOUNDS.ticket_ms).toISOString();
      const n = randomBytes(12).toString("base64url");
      const body = Buffer.from(JSON.stringify({ n, until, ...(origin ? { origin } : {}) })).toString(
        "base64url",
      );
      return { ticket: `${PREFIX}${body}.${mac(body).toString("base64url")}`, expires_at: until };
    },
    check: (ticket, origin) => {
      const [body = "", given = "", ...more] = ticket.slice(PREFIX.length).split(".");
      const expected = mac(body);
      const bytes = Buffer.from(given, "base64url");
      const holds = bytes.length === expected.length && timingSafeEqual(bytes, expected);
      if (!holds || more.length > 0) throw refused("it was not given out here");
      const {
        n,
        until,
        origin: page,
      } = Body.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
      if (until <= clock.now()) throw refused(`it ended at ${until}`);
      if (page !== undefined && page !== origin) throw refused("it was given to a page of another origin");
      return { nonce: n, until };
    },
  };
}

export function isTicket(key: string): boolean {
  return key.startsWith(PREFIX);
}

function refused(why: string): Fault {
  return new Fault("unauthorized", `this ticket lets nobody in: ${why}; ask for another at POST /v1/tickets`);
}

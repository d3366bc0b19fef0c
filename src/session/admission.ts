import { createHash, timingSafeEqual } from "node:crypto";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Party, Role, Tier } from "../domain/party.ts";
import { mayAs, type Staff } from "../domain/staff.ts";
import type { Clock } from "../ports/clock.ts";
import type {
  MandateVerifier,
  RequestVerifier,
  SignedRequest,
  StaffDoor,
  TokenVerifier,
} from "../ports/identity.ts";
import type { Store } from "../ports/store.ts";
import { isTicket, type Tickets } from "./tickets.ts";

/** Who may come in, from configuration. Keys and tokens are compared by digest, in constant time. */
export interface Door {
  /** API keys by the name of their holder; with `keys_required` nobody opens a session without showing who it is. */
  readonly api_keys: ReadonlyMap<string, string>;
  readonly keys_required: boolean;
  /** Nobody who shows nothing opens a session without a ticket. */
  readonly tickets_required: boolean;
  readonly staff: StaffDoor;
  readonly receiver_token: string;
  readonly tickets: Tickets;
  /** Null where the vendor takes none. */
  readonly tokens: TokenVerifier | null;
  readonly requests: RequestVerifier | null;
  readonly mandates: MandateVerifier | null;
  readonly once: Store["once"];
  readonly clock: Clock;
}

/** What comes with a request, or a hello, that may tell who sends it. */
export interface Shown {
  /** An API key, a token or a ticket. */
  readonly key?: string | undefined;
  /** Of the page it comes from. */
  readonly origin?: string | undefined;
  /** Where the request carries a signature. */
  readonly request?: SignedRequest | undefined;
}

/** Somebody who was told from others. */
export interface Identity {
  readonly principal: string;
  readonly tier: Tier;
  /** When what it showed ends: RFC 3339 in UTC, null for never. */
  readonly until: string | null;
}

/**
 * Who shows this; null when nothing is shown. Whatever is for one use is used up by it, so this MUST be asked once for
 * each time something is shown. Throws `unauthorized` for what does not hold: wrong is never the same as nothing.
 */
export async function identify(door: Door, { key, origin, request }: Shown): Promise<Identity | null> {
  if (request) return signer(door, request);
  if (key === undefined) return null;
  if (isTicket(key)) {
    const { nonce, until } = door.tickets.check(key, origin);
    await mustBeFirst(door, `ticket ${nonce}`, until, "this ticket was used before");
    return { principal: `visitor:${nonce}`, tier: "anonymous", until: null };
  }
  if (door.tokens && isToken(key)) {
    const { subject, until } = await door.tokens.verify(key);
    return { principal: `${OAUTH}${subject}`, tier: "oauth", until };
  }
  for (const [name, value] of door.api_keys) {
    if (same(key, value)) return { principal: `key:${name}`, tier: "api_key", until: null };
  }
  throw new Fault("unauthorized", "this API key is not known here; check it, or ask the vendor for one");
}

async function signer(door: Door, request: SignedRequest): Promise<Identity> {
  if (!door.requests) throw new Fault("unauthorized", "this vendor takes no signed requests; send a key");
  const { agent, nonce, until } = await door.requests.verify(request);
  await mustBeFirst(door, `signature ${nonce}`, until, "a signature with this nonce was used before");
  return { principal: `agent:${agent}`, tier: "signed", until: null };
}

/** The party of a buyer's session. Throws `unauthorized` where the vendor asks for more than was shown. */
export async function partyOf(
  door: Door,
  shown: Identity | null,
  kind: Party["kind"],
  mandate: string | undefined,
): Promise<Party> {
  const { principal, tier } = shown ?? { principal: "anonymous", tier: "anonymous" as const };
  const under = mandate === undefined ? null : await mandated(door, mandate);
  if (!under && tier === "anonymous") mustBeTakenIn(door, shown);
  if (!under) return { principal, kind, tier };
  const own = tier === "anonymous" ? `holder:${under.holder}` : principal;
  return { principal: own, kind, tier: "mandate", mandate: under.mandate };
}

function mustBeTakenIn(door: Door, shown: Identity | null): void {
  if (door.keys_required)
    throw new Fault(
      "unauthorized",
      "this vendor asks for an API key: send it as `Authorization: Bearer` or as `key`",
    );
  if (door.tickets_required && !shown)
    throw new Fault("unauthorized", "this vendor asks for a ticket: get one at POST /v1/tickets");
}

async function mandated(door: Door, mandate: string) {
  if (!door.mandates) throw new Fault("mandate_refused", "this vendor takes no mandates; leave it out");
  const presented = await door.mandates.verify(mandate);
  if (await isFirst(door, `mandate ${presented.nonce}`, presented.until)) return presented;
  throw new Fault("mandate_refused", "this mandate was presented with this nonce before; bind it anew");
}

async function mustBeFirst(door: Door, nonce: string, until: string, otherwise: string): Promise<void> {
  if (!(await isFirst(door, nonce, until))) throw new Fault("unauthorized", otherwise);
}

/** Remembered for longer than it holds: a node whose clock is ahead must not forget what another still takes. */
function isFirst({ once, clock }: Door, nonce: string, until: string): Promise<boolean> {
  return once(nonce, new Date(Date.parse(until) + SKEW_MS).toISOString(), clock.now());
}

/** Clocks of nodes may differ by this. */
const SKEW_MS = 600_000;

const OAUTH = "oauth:";

/**
 * Whether somebody who holds a session's secret may go on with it. What a token opened goes on with a good token of the
 * same holder only, or it would never end.
 */
export function mustBeOwner(principal: string, shown: Identity | null): void {
  if (!principal.startsWith(OAUTH) || shown?.principal === principal) return;
  throw new Fault("unauthorized", "this session was opened with a token; show a good one of the same holder");
}

/** Whether this is a token of the vendor's staff. */
export function isStaff(door: Door, key: string | undefined): boolean {
  return key !== undefined && door.staff.holder(key) !== null;
}

/** Who of staff says hello, by token or else by what came with the upgrade. Throws `unauthorized` and `forbidden`. */
export async function staffBy(
  door: Door,
  role: Exclude<Role, "buyer">,
  key: string | undefined,
  signedIn: (() => Promise<Staff>) | undefined,
): Promise<Staff> {
  const holder = key === undefined ? null : door.staff.holder(key);
  if (!holder && !(key === undefined && signedIn))
    throw new Fault(
      "unauthorized",
      "operators and observers need a staff token as `key`, or to be signed in",
    );
  const staff = holder ? { ...holder, until: null } : await signedIn?.();
  const needs = role === "operator" ? "agent" : "viewer";
  if (staff && mayAs(needs, staff)) return staff;
  throw new Fault("forbidden", `an ${role} needs the role ${needs}`, { detail: { needs } });
}

export function mustBe(token: string, given: string | undefined, what: string): void {
  if (given === undefined || !same(given, token)) {
    throw new Fault("unauthorized", `this needs the ${what} token as Authorization: Bearer`);
  }
}

export function boundsFor(rounds: number, messages_per_minute: number) {
  const { frame_bytes, text_chars, offers, lines, queued, unanswered_orders, heartbeat_ms } = BOUNDS;
  const stated = { frame_bytes, text_chars, offers, lines, queued, unanswered_orders, heartbeat_ms };
  return { ...stated, messages_per_minute, rounds };
}

/** Three parts between dots, as compact JWS (RFC 7515) has them. */
function isToken(key: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(key);
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

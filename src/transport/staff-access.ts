import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { Fault } from "../domain/fault.ts";
import { mayAs, principalOf, type Staff, type StaffRole } from "../domain/staff.ts";
import type { Named, SignedIn } from "../ports/identity.ts";
import type { Door } from "../session/admission.ts";
import type { Guests } from "../session/guests.ts";
import { originAllowed } from "./origin.ts";
import { bearer } from "./problem.ts";

export interface StaffAccess {
  readonly door: Door;
  readonly guests: Guests;
  readonly public_url?: string | undefined;
}

const COOKIE = "parley_staff";
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Who of the vendor's people asks, by bearer token or cookie. A cookie comes along by itself, so whatever changes anything
 * by one MUST come from the gateway's own pages. Throws `unauthorized`, `token_expired`, `origin_refused`, `revoked`, and
 * `forbidden` where the role is not enough.
 */
export async function staffOf(c: Context, access: StaffAccess, needs: StaffRole): Promise<Staff> {
  const { door, guests } = access;
  const staff = (await byToken(c, access)) ?? (await byCookie(c, access));
  if (!staff) {
    throw new Fault(
      "unauthorized",
      "this is for the vendor's staff: sign in, or send a staff token as Authorization: Bearer",
      {
        detail: { ways: door.staff.provider ? "token oidc" : "token" },
      },
    );
  }
  guests.mustBeWelcome(principalOf(staff));
  mustBeAs(staff, needs);
  return staff;
}

/** Throws `forbidden`. */
export function mustBeAs(staff: Pick<Staff, "role">, needs: StaffRole): void {
  if (mayAs(needs, staff)) return;
  throw new Fault("forbidden", `this needs the role ${needs}; yours is ${staff.role}`, { detail: { needs } });
}

async function byToken(c: Context, { door }: StaffAccess): Promise<Staff | null> {
  const token = bearer(c);
  if (token === undefined) return null;
  const holder = door.staff.holder(token);
  if (!holder) throw new Fault("unauthorized", "this is no staff token of this vendor's");
  return { ...holder, until: null };
}

async function byCookie(c: Context, access: StaffAccess): Promise<Staff | null> {
  const kept = getCookie(c, COOKIE);
  if (kept === undefined) return null;
  if (!SAFE.has(c.req.method)) mustBeOwnPage(c, access);
  const signed = await access.door.staff.read(kept);
  if (signed.ages) await keepSignedIn(c, access, signed, signed.by, signed.since);
  return signed;
}

/** Throws `origin_refused` unless a page of the gateway's own asks. */
export function mustBeOwnPage(c: Context, { public_url }: Pick<StaffAccess, "public_url">): void {
  const origin = c.req.header("origin");
  if (origin && originAllowed(origin, c.req.header("host"), [], public_url)) return;
  throw new Fault(
    "origin_refused",
    "a sign-in counts for the gateway's own pages alone; send a staff token instead",
  );
}

/** Signed in from here on, as far as this browser goes. Gives until when, unless it is heard of again. */
export async function keepSignedIn(
  c: Context,
  { door, public_url }: StaffAccess,
  staff: Named,
  by: SignedIn["by"],
  since?: string,
): Promise<string> {
  const { token, until } = await door.staff.issue(staff, by, since);
  setCookie(c, COOKIE, token, { ...cookie(public_url), expires: new Date(until) });
  return until;
}

export function forgetSignedIn(c: Context, { public_url }: Pick<StaffAccess, "public_url">): void {
  setCookie(c, COOKIE, "", { ...cookie(public_url), maxAge: 0 });
}

function cookie(public_url: string | undefined) {
  const secure = public_url?.startsWith("https:") === true;
  return { path: "/", httpOnly: true, sameSite: "Strict", secure } as const;
}

/**
 * Who a socket's upgrade shows by cookie, asked only when it says hello as staff: a buyer's page is nothing to whoever is
 * signed in beside it.
 */
export function staffOnSocket(c: Context, access: StaffAccess): (() => Promise<Staff>) | undefined {
  const kept = getCookie(c, COOKIE);
  if (kept === undefined) return undefined;
  // While the request is still there to ask.
  const own = ownPage(c, access);
  return async () => {
    if (own) throw own;
    const signed = await access.door.staff.read(kept);
    access.guests.mustBeWelcome(principalOf(signed));
    return signed;
  };
}

function ownPage(c: Context, access: StaffAccess): Fault | null {
  try {
    mustBeOwnPage(c, access);
    return null;
  } catch (error) {
    return error as Fault;
  }
}

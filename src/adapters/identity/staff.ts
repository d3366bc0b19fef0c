import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { BOUNDS } from "../../domain/bounds.ts";
import { Fault } from "../../domain/fault.ts";
import { STAFF_NAME } from "../../domain/handoff.ts";
import { StaffRole } from "../../domain/staff.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Named, StaffDoor, StaffProvider } from "../../ports/identity.ts";
import { staffIn } from "./staff-list.ts";

export interface StaffDoorOptions {
  /** The token made at the first run, and what keys what is derived from. */
  readonly first: string;
  readonly secret: string;
  /** Named tokens (staff-list.ts). */
  readonly file: string;
  readonly provider: StaffProvider | null;
}

/** Who holds the token of the first run. */
export const FIRST = { id: "operator", name: "operator", role: "manager" } as const;

const ALG = "HS256";
const TYP = "parley-staff+jwt";
/** Kept anew once so much of its time is over. */
const AGES_MS = BOUNDS.staff_idle_ms / 6;

/** Staff by token or provider, and what their browsers keep: a JWT that every node of the vendor can check. */
export function staffDoor({ first, secret, file, provider }: StaffDoorOptions, clock: Clock): StaffDoor {
  const key = createHmac("sha256", secret).update("staff").digest();
  const firstDigest = sha256(first);
  const listed = (id: string): Named | null => {
    const one = staffIn(file).find(({ name }) => name === id);
    return one ? { id, name: id, role: one.role } : null;
  };

  return {
    provider,
    holder: (token) => {
      const given = sha256(token);
      let found: Named | null = timingSafeEqual(given, firstDigest) ? FIRST : null;
      for (const { name, role, digest } of staffIn(file))
        if (timingSafeEqual(given, Buffer.from(digest, "hex"))) found = { id: name, name, role };
      return found;
    },
    issue: async ({ id, name, role }, by, since = clock.now()) => {
      const { SignJWT } = await import("jose");
      const now = Date.parse(clock.now());
      const ends = Math.min(now + BOUNDS.staff_idle_ms, Date.parse(since) + BOUNDS.staff_ms);
      const token = await new SignJWT({ name, role, by, since })
        .setProtectedHeader({ alg: ALG, typ: TYP })
        .setSubject(id)
        .setIssuedAt(Math.floor(now / 1_000))
        .setExpirationTime(Math.floor(ends / 1_000))
        .sign(key);
      return { token, until: new Date(Math.floor(ends / 1_000) * 1_000).toISOString() };
    },
    read: async (kept) => {
      const { jwtVerify, errors } = await import("jose");
      const options = { algorithms: [ALG], typ: TYP, currentDate: new Date(clock.now()) };
      const { payload } = await jwtVerify(kept, key, options).catch((cause: unknown) => {
        if (cause instanceof errors.JWTExpired)
          throw new Fault("token_expired", "the sign-in has ended; sign in again");
        throw new Fault("unauthorized", "the sign-in does not hold; sign in again", { cause });
      });
      const { sub = "", exp = 0, iat = 0, name, role, by, since } = payload;
      const given: Named = { id: sub, name: STAFF_NAME.parse(name), role: StaffRole.parse(role) };
      const staff = by === "oidc" || sub === FIRST.id ? given : listed(sub);
      if (!staff) throw new Fault("unauthorized", `the token of ${given.name} was taken back; sign in anew`);
      return {
        ...staff,
        until: new Date(exp * 1_000).toISOString(),
        ...{ since: String(since), by: by === "oidc" ? ("oidc" as const) : ("token" as const) },
        ages: Date.parse(clock.now()) - iat * 1_000 >= AGES_MS,
      };
    },
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

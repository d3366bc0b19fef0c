import { Fault } from "../../domain/fault.ts";
import { digest } from "../../domain/hash.ts";
import { nameIn } from "../../domain/name.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TokenVerifier } from "../../ports/identity.ts";
import { ALGORITHMS, keySet, SKEW_SECONDS } from "./key-sets.ts";

export interface TokenOptions {
  readonly issuer: string;
  readonly audience: string;
  /** An address, or a file. */
  readonly jwks: string;
}

/** Access tokens as JWT (RFC 9068, OpenID Connect), by the keys the issuer publishes. */
export async function tokenVerifier(options: TokenOptions, clock: Clock): Promise<TokenVerifier> {
  const { issuer, audience, jwks } = options;
  const { jwtVerify } = await import("jose");
  const keys = await keySet(jwks);
  return {
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keys, {
          ...{ issuer, audience, algorithms: ALGORITHMS, clockTolerance: SKEW_SECONDS },
          requiredClaims: ["sub", "exp"],
          currentDate: new Date(clock.now()),
        });
        const { sub = "", exp = 0 } = payload;
        return { subject: subjectOf(sub), until: new Date(exp * 1_000).toISOString() };
      } catch (cause) {
        if (cause instanceof Fault) throw cause;
        throw new Fault("unauthorized", `the token does not hold: ${whyOf(cause)}`, { cause });
      }
    },
  };
}

/** What jose found, in its own words: they quote names of claims, never their values. */
export function whyOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? cause.message : "it cannot be checked now";
}

/** As it is when it can be read and kept; else a digest of it, behind a sign that no other begins with. */
function subjectOf(sub: string): string {
  const name = nameIn(sub);
  if (name === null)
    throw new Fault("unauthorized", "the token does not hold: its `sub` has characters that cannot be seen");
  return /^[\w.@:|+/-]{1,150}$/.test(name) ? name : `~${digest(name)}`;
}

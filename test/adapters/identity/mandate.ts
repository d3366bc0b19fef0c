import { createHash, randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import type { Keys } from "./keys.ts";

/** What goes into a mandate and its key binding; what is not said is as it should be. */
export interface MandateMade {
  readonly issuer: Keys;
  readonly holder: Keys;
  /** Milliseconds. */
  readonly now: number;
  readonly audience: string;
  readonly constraints: readonly object[];
  readonly disclosures?: readonly string[];
  readonly iss?: string;
  readonly vct?: string;
  /** Seconds from now. */
  readonly expires?: number;
  readonly bound?: number;
  readonly more?: object;
  /** In the stead of a new one. */
  readonly jwt?: string;
  readonly binder?: Keys;
  readonly sd_hash?: string;
  readonly typ?: string;
}

/** An AP2 open payment mandate as it is presented: `<jwt>~<disclosures>~<kb-jwt>`. */
export async function mandate(made: MandateMade): Promise<string> {
  const { issuer, holder, now, constraints, disclosures = [] } = made;
  const { kid: _, alg: __, ...jwk } = holder.jwk;
  const claims = { vct: made.vct ?? "mandate.payment.open.1", constraints, cnf: { jwk }, ...made.more };
  const jwt =
    made.jwt ??
    (await new SignJWT(claims)
      .setProtectedHeader({ alg: "ES256", kid: issuer.kid, typ: "dc+sd-jwt" })
      .setIssuer(made.iss ?? "https://bank.example")
      .setExpirationTime(Math.floor(now / 1_000) + (made.expires ?? 3_600))
      .sign(issuer.privateKey));
  const shown = [jwt, ...disclosures, ""].join("~");
  const sd_hash = made.sd_hash ?? createHash("sha256").update(shown).digest("base64url");
  const binding = await new SignJWT({ nonce: randomBytes(12).toString("base64url"), sd_hash })
    .setProtectedHeader({ alg: "ES256", typ: made.typ ?? "kb+jwt" })
    .setAudience(made.audience)
    .setIssuedAt(Math.floor(now / 1_000) + (made.bound ?? 0))
    .sign((made.binder ?? holder).privateKey);
  return shown + binding;
}

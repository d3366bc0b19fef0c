import type { JSONWebKeySet } from "jose";

/**
 * Signs and verifies compact JWS (RFC 7515) with ES256. MUST put `kid` and `typ` into the protected header, MUST
 * refuse every other algorithm when verifying, MUST keep retired public keys, so that old signatures stay good.
 */
export interface Signer {
  /** `payload` is canonical JSON (RFC 8785). */
  sign(payload: string): Promise<string>;
  /** The payload text, or null when the signature does not hold under any published key. */
  verify(jws: string): Promise<string | null>;
  /** Public keys only, newest first. */
  jwks(): JSONWebKeySet;
}

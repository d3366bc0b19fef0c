import { readFileSync } from "node:fs";
import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import { Fault } from "../../domain/fault.ts";

/** Signatures a stranger's key may make here: all asymmetric, so that no public key can be used as a shared secret. */
export const ALGORITHMS = ["ES256", "ES384", "PS256", "RS256", "EdDSA", "Ed25519"];

/** RFC 9864: two names of what an Ed25519 key does. The key may say one and what it signed the other, or the key nothing. */
const SAME: Readonly<Record<string, string>> = { EdDSA: "Ed25519", Ed25519: "EdDSA" };

/** Seconds by which two clocks may differ. */
export const SKEW_SECONDS = 5;

/**
 * The keys at an `https://` address or in a JWKS file. A remote set is kept for ten minutes; a key it does not hold has it
 * read again, at most every thirty seconds. Throws `bad_config` for a file that is none; what it gives rejects with
 * `unavailable` while a remote set cannot be read, which says nothing about who asks.
 */
export async function keySet(at: string): Promise<JWTVerifyGetKey> {
  const { createLocalJWKSet, createRemoteJWKSet, errors } = await import("jose");
  const byEitherName = (keys: JWTVerifyGetKey): JWTVerifyGetKey => {
    return async (header, token) => {
      const other = SAME[header.alg ?? ""];
      try {
        return await keys(header, token);
      } catch (error) {
        if (other === undefined || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
        return keys({ ...header, alg: other }, token);
      }
    };
  };
  if (/^https?:/.test(at)) {
    const remote = byEitherName(
      createRemoteJWKSet(new URL(at), {
        timeoutDuration: 5_000,
        cooldownDuration: 30_000,
        cacheMaxAge: 600_000,
      }),
    );
    return async (header, token) => {
      try {
        return await remote(header, token);
      } catch (cause) {
        const answered = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
        if (answered.some((known) => cause instanceof known)) throw cause;
        throw new Fault("unavailable", "the issuer's keys cannot be read now; come back in a minute", {
          cause,
        });
      }
    };
  }
  try {
    return byEitherName(createLocalJWKSet(JSON.parse(readFileSync(at, "utf8")) as JSONWebKeySet));
  } catch (cause) {
    throw new Fault("bad_config", `${at} holds no key set (RFC 7517: {"keys": [...]})`, { cause });
  }
}

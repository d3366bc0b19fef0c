import { digest } from "./hash.ts";

/**
 * One event of a log as it is stored. `salt` is 16 random bytes, `digest` = SHA-256(salt json), `chain` =
 * SHA-256(chain of the event before, seq, digest); salt, digests and chains are base64url without padding, and what is
 * hashed is their texts one after another. A text can be erased with its salt, and nobody can find it again by trying,
 * while every later event still proves that it stood there.
 */
export interface Link {
  readonly salt: string;
  readonly digest: string;
  readonly chain: string;
}

/** What stands in the place of a chain before a session's first event, so that no log can be passed off as another's. */
export function beginning(session: string): string {
  return digest(session);
}

export function link(previous: string, seq: number, json: string, salt: string): Link {
  const of = digest(salt + json);
  return { salt, digest: of, chain: linked(previous, seq, of) };
}

/** The chain at event `seq`: what an audit makes anew of a digest, whether its text is still there or not. */
export function linked(previous: string, seq: number, of: string): string {
  return digest(previous + seq + of);
}

import { createHmac, hash } from "node:crypto";
import canonicalize from "canonicalize";

/** RFC 8785 (JCS) text of a JSON value: the bytes every hash and signature of Parley is taken over. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("only JSON values have a canonical form");
  return text;
}

/** SHA-256 of the UTF-8 text, base64url without padding (43 characters). */
export function digest(text: string): string {
  return hash("sha256", text, "base64url");
}

/** HMAC-SHA-256 of the parts in parts per million, each as likely: always the same, and nothing to tell without the key. */
export function keyedShare(key: string, ...parts: (string | number)[]): number {
  const mac = createHmac("sha256", key).update(parts.join("\n")).digest();
  return Math.floor((mac.readUInt32BE(0) * 1_000_001) / 2 ** 32);
}

/** A short id that follows from its parts: the same parts always give the same id, so a replay remakes it. */
export function derivedId(prefix: string, ...parts: (string | number)[]): string {
  return `${prefix}_${digest(parts.join("\n")).replace(/[-_]/g, "0").slice(0, 16)}`;
}

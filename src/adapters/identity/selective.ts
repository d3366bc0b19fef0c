import { createHash } from "node:crypto";

/** What somebody presents of an SD-JWT with key binding (RFC 9901): `<jwt>~<disclosure>~...~<kb-jwt>`. */
export interface Presentation {
  readonly jwt: string;
  readonly disclosures: readonly string[];
  readonly binding: string;
  /** What `sd_hash` of the key binding is taken over. */
  readonly bound: string;
}

/** Null when it is no such thing: without a key binding whoever saw it could present it. */
export function presentation(text: string): Presentation | null {
  const parts = text.split("~");
  const [jwt = "", ...rest] = parts;
  const binding = rest.pop() ?? "";
  if (parts.length < 2 || jwt === "" || binding === "") return null;
  return { jwt, disclosures: rest, binding, bound: text.slice(0, text.length - binding.length) };
}

/**
 * The claims with what was disclosed put in its place, and what was not left out (RFC 9901, section 7.1). Of the claim
 * `whole`, a list of objects, none of them nor any member of theirs may be left out. Throws when one is, when a disclosure
 * is no such thing, is named nowhere or more than once, or the hash is not SHA-256.
 */
export function disclosed(
  payload: Readonly<Record<string, unknown>>,
  disclosures: readonly string[],
  whole: string,
): unknown {
  if ((payload._sd_alg ?? "sha-256") !== "sha-256") throw new Error("_sd_alg is not sha-256");
  const open = new Map(disclosures.map((text) => [sha256(text), read(text)]));
  if (open.size !== disclosures.length) throw new Error("a disclosure comes twice");
  const take = (digest: unknown, length: 2 | 3): readonly unknown[] | null => {
    const found = open.get(String(digest));
    if (found === undefined) return null;
    if (!Array.isArray(found) || found.length !== length) throw new Error("a disclosure is malformed");
    open.delete(String(digest));
    return found;
  };
  // `strict` is how many levels down from here nothing may be left out.
  const walk = (value: unknown, depth: number, strict: number): unknown => {
    if (depth > MOST_DEPTH) throw new Error("it is nested too deeply");
    if (Array.isArray(value)) {
      return value.flatMap((item: unknown) => {
        if (!isObject(item) || !("..." in item)) return [walk(item, depth + 1, strict - 1)];
        const found = take(item["..."], 2);
        if (!found && strict > 0) throw new Error(`something of ${whole} is not disclosed`);
        return found ? [walk(found[1], depth + 1, strict - 1)] : [];
      });
    }
    if (!isObject(value)) return value;
    const { _sd = [], _sd_alg: _, ...plain } = value;
    const claims = Object.entries(plain);
    for (const digest of Array.isArray(_sd) ? _sd : []) {
      const found = take(digest, 3);
      if (!found && strict > 0) throw new Error(`something of ${whole} is not disclosed`);
      if (!found) continue;
      const name = String(found[1]);
      if (name === "_sd" || name === "..." || name in plain)
        throw new Error("a disclosure names a claim twice");
      claims.push([name, found[2]]);
    }
    const below = (name: string) => (depth === 0 && name === whole ? 2 : strict - 1);
    return Object.fromEntries(claims.map(([name, claim]) => [name, walk(claim, depth + 1, below(name))]));
  };
  const claims = walk(payload, 0, 0);
  if (open.size > 0) throw new Error("a disclosure belongs to nothing");
  return claims;
}

const MOST_DEPTH = 16;

function read(disclosure: string): unknown {
  try {
    return JSON.parse(Buffer.from(disclosure, "base64url").toString("utf8"));
  } catch {
    throw new Error("a disclosure is malformed");
  }
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

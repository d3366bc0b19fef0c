import { ParleyFault } from "./codes.ts";

/** A JSON Web Key Set (RFC 7517), as much of it as is needed here. */
export interface Jwks {
  readonly keys: readonly Jwk[];
}
interface Jwk {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly kid?: string | undefined;
}

const TYP = "parley-intent+jws";
/** Keys are not fetched again sooner, however many unknown ones are named. */
const COOLDOWN_MS = 30_000;
const FETCH_MS = 10_000;

/**
 * Gives the payload of a compact JWS (RFC 7515) that one of these keys signed: ES256 and `typ: parley-intent+jws` alone, by
 * WebCrypto, without a library. Rejects with the `ParleyFault` `untrusted`, or `unreachable` when keys could not be fetched.
 */
export function published(keys: Jwks | URL | string): (jws: string) => Promise<string> {
  const find = typeof keys === "string" || keys instanceof URL ? fetched(new URL(keys)) : given(keys);
  return async (jws) => {
    const [head = "", payload = "", signature = "", ...more] = jws.split(".");
    const { alg, typ, kid, crit } = headerOf(head);
    if (more.length > 0 || alg !== "ES256" || typ !== TYP || crit !== undefined || typeof kid !== "string") {
      throw untrusted("it is no order signed with ES256");
    }
    const jwk = await find(kid);
    if (!jwk) throw untrusted(`it is signed by a key that the vendor does not publish, ${kid}`);
    const key = await crypto.subtle.importKey(
      "jwk",
      { kty: "EC", crv: "P-256", x: jwk.x ?? "", y: jwk.y ?? "" },
      { name: "ECDSA", namedCurve: "P-256" },
      false,
      ["verify"],
    );
    const signed = new TextEncoder().encode(`${head}.${payload}`);
    const es256 = { name: "ECDSA", hash: "SHA-256" };
    if (!(await crypto.subtle.verify(es256, key, bytesOf(signature), signed))) {
      throw untrusted("the signature does not hold");
    }
    return new TextDecoder().decode(bytesOf(payload));
  };
}

type Find = (kid: string) => Promise<Jwk | undefined>;

function given({ keys }: Jwks): Find {
  return async (kid) => keys.find((key) => key.kid === kid && key.kty === "EC" && key.crv === "P-256");
}

/** Fetches when a key is asked for that is not there: the first, and every new one after a rotation. */
function fetched(url: URL): Find {
  let known: Find = given({ keys: [] });
  let at = Number.NEGATIVE_INFINITY;
  let coming: Promise<void> | null = null;
  const load = async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    known = given((await response.json()) as Jwks);
    at = performance.now();
  };
  return async (kid) => {
    const found = await known(kid);
    if (found || performance.now() - at < COOLDOWN_MS) return found;
    coming ??= load().finally(() => {
      coming = null;
    });
    await coming.catch((error: unknown) => {
      throw new ParleyFault("unreachable", `the vendor's keys could not be had: ${String(error)}`, true);
    });
    return known(kid);
  };
}

function headerOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(text))) as Record<string, unknown>;
  } catch {
    throw untrusted("it is no JWS");
  }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    throw untrusted("it is no base64url");
  }
}

function untrusted(why: string): ParleyFault {
  return new ParleyFault("untrusted", `the order's signature cannot be relied on: ${why}`, false);
}

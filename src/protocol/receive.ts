import type { Intent } from "../domain/intents/index.ts";
import { ParleyFault } from "./codes.ts";
import type { OrderNotice } from "./notices.ts";
import { type Jwks, published } from "./published.ts";

export type { Jwks, OrderNotice };

export interface ReceiverOptions {
  /** `whsec_...`, as in the gateway's `tokens.json`; several while it is being changed. */
  readonly secret: string | readonly string[];
  /** The vendor's published keys, or the address of them (`https://.../.well-known/jwks.json`), which is fetched and kept. */
  readonly keys: Jwks | URL | string;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

/** Headers as `fetch` and frameworks give them, or as `node:http` does. */
export type ReceivedHeaders =
  | { get(name: string): string | null | undefined }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** An order notice that is the vendor's. `id` is the same whenever it is sent again: do what it says once. */
export type Received = OrderNotice & { readonly id: string };

/** Standard Webhooks 1.0, "Verifying webhook authenticity": what is older or newer is a replay, or a wrong clock. */
const TOLERANCE_S = 300;

/**
 * A function that tells the gateway's webhooks from everybody else's: signature, freshness, and for an order that binds the
 * vendor's own signature, of which `data.intent` is then the signed text. `body` MUST be the bytes as they came.
 *
 * It rejects with a `ParleyFault`: `untrusted` (answer 400), or `unreachable` when the keys could not be had (answer 503,
 * and it is sent again). Answer 2xx only when what it says is stored for good. A type you do not know: answer 2xx.
 */
export function receiver(
  options: ReceiverOptions,
): (headers: ReceivedHeaders, body: string | Uint8Array) => Promise<Received> {
  const secrets = typeof options.secret === "string" ? [options.secret] : options.secret;
  const keys = secrets.map(bytesOf);
  let macs: Promise<CryptoKey[]> | undefined;
  const verified = published(options.keys);
  const now = options.now ?? Date.now;

  return async (headers, body) => {
    const id = headerOf(headers, "webhook-id");
    const timestamp = headerOf(headers, "webhook-timestamp");
    const signatures = headerOf(headers, "webhook-signature");
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now() / 1_000 - Number(timestamp)) > TOLERANCE_S) {
      throw untrusted(`it was sent more than ${TOLERANCE_S / 60} minutes from now, by webhook-timestamp`);
    }
    const text = typeof body === "string" ? body : new TextDecoder().decode(body);
    const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`);
    macs ??= Promise.all(keys.map(macOf));
    if (!(await isSigned(signed, signatures, await macs))) {
      throw untrusted("webhook-signature is not by the secret that is known here");
    }
    const notice = JSON.parse(text) as OrderNotice;
    if (notice.type !== "order.bound") return { id, ...notice };
    const { jws } = notice.data;
    const intent = JSON.parse(await verified(jws)) as Intent;
    if (intent.id !== id) throw untrusted(`the signed order ${intent.id} came under another id, ${id}`);
    return { id, ...notice, data: { intent, jws } };
  };
}

async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signatures: string,
  macs: readonly CryptoKey[],
): Promise<boolean> {
  for (const signature of signatures.split(" ").slice(0, 8)) {
    const [version, base64 = ""] = signature.split(",");
    if (version !== "v1" || !/^[A-Za-z0-9+/]{43}=$/.test(base64)) continue;
    const given = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    // `verify` compares in constant time.
    for (const mac of macs) if (await crypto.subtle.verify("HMAC", mac, given, signed)) return true;
  }
  return false;
}

/** Throws a `TypeError` for what is no secret of Standard Webhooks: a receiver that never verifies anything is none. */
function bytesOf(secret: string): Uint8Array<ArrayBuffer> {
  const base64 = secret.replace(/^whsec_/, "");
  if (!/^[A-Za-z0-9+/]{22,}={0,2}$/.test(base64)) {
    throw new TypeError("secret: expected whsec_ and base64, as `webhook` in the gateway's tokens.json");
  }
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function macOf(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

function headerOf(headers: ReceivedHeaders, name: string): string {
  const get = (headers as { get?: unknown }).get;
  const value =
    typeof get === "function"
      ? (headers as { get(name: string): string | null | undefined }).get(name)
      : (headers as Record<string, string | readonly string[] | undefined>)[name];
  if (typeof value !== "string") throw untrusted(`there is no header ${name}`);
  return value;
}

function untrusted(why: string): ParleyFault {
  return new ParleyFault("untrusted", `this is no webhook of the gateway: ${why}`, false);
}

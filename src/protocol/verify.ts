import canonicalize from "canonicalize";
import { compactVerify, createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet } from "jose";
import type { Receipt } from "../domain/erasure.ts";
import type { Intent } from "../domain/intents/index.ts";
import type { Offer } from "../domain/offer.ts";
import { ParleyFault } from "./codes.ts";

/**
 * The order behind a compact JWS, when one of the vendor's published keys signed it. `keys` is a JWKS or the address
 * of one (`/.well-known/jwks.json`), which is then fetched and kept. ES256 and `typ: parley-intent+jws` only.
 * Rejects with the `ParleyFault` `untrusted`.
 */
export async function verifyIntent(jws: string, keys: JSONWebKeySet | URL | string): Promise<Intent> {
  return (await verified(jws, keys, "parley-intent+jws", "order")) as Intent;
}

/** The receipt of an erasure, by the same keys and rules; its `typ` is `parley-erasure+jws`. */
export async function verifyErasure(jws: string, keys: JSONWebKeySet | URL | string): Promise<Receipt> {
  return (await verified(jws, keys, "parley-erasure+jws", "receipt of an erasure")) as Receipt;
}

async function verified(
  jws: string,
  keys: JSONWebKeySet | URL | string,
  typ: string,
  what: string,
): Promise<unknown> {
  const key = typeof keys === "string" || keys instanceof URL ? remote(keys) : createLocalJWKSet(keys);
  const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ["ES256"] }).catch(
    (error: unknown) => {
      throw new ParleyFault("untrusted", `the signature does not hold: ${String(error)}`, false);
    },
  );
  if (protectedHeader.typ !== typ) {
    const said = `this is no ${what} but a ${protectedHeader.typ ?? "nameless JWS"}`;
    throw new ParleyFault("untrusted", said, false);
  }
  return JSON.parse(new TextDecoder().decode(payload));
}

/** Whether an offer's `hash` is the SHA-256 of everything else in it: what an accept by this hash would bind. */
export async function verifyOffer(offer: Offer): Promise<boolean> {
  const { hash, ...rest } = offer;
  const bytes = new TextEncoder().encode(canonicalize(rest));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const base64 = btoa(String.fromCharCode(...digest));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === hash;
}

/** Whether an order says what the accepted offer said: the same offer, lines, terms, reductions, tax and totals. */
export function statesOffer(intent: Intent, offer: Offer): boolean {
  const said = ({ currency, lines, terms, discounts, tax, totals }: Intent | Offer) =>
    canonicalize({ currency, lines, terms, discounts, tax, totals });
  return intent.offer.id === offer.id && intent.offer.hash === offer.hash && said(intent) === said(offer);
}

const fetched = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

function remote(url: URL | string): ReturnType<typeof createRemoteJWKSet> {
  const known = fetched.get(String(url)) ?? createRemoteJWKSet(new URL(url));
  fetched.set(String(url), known);
  return known;
}

import { BOUNDS } from "./bounds.ts";
import { stands } from "./kept.ts";
import type { Offer } from "./offer.ts";

/** An offer that waits for the last word; `read` when it was read back or waits for details, else it is a final one. */
export interface Waiting {
  readonly offer: Offer;
  readonly read: boolean;
}

/** Since when, an RFC 3339 instant in UTC, a product has been held for a session, and in which of the two ways. */
export interface Held {
  readonly sku: string;
  readonly since: string;
  readonly read: boolean;
}

interface Talk {
  readonly standings: readonly { readonly offer: Offer; readonly status: string }[];
  readonly readback: { readonly offer: string; readonly hash: string } | null;
}

/** What may be held for a session at `now`: the offer that is read back or waits for details, else the latest final one. */
export function waitingIn({ standings, readback }: Talk, now: string): Waiting | null {
  const live = standings.filter((one) => stands(one, now)).map(({ offer }) => offer);
  const read = live.find(({ id, hash }) => id === readback?.offer && hash === readback.hash);
  const offer = read ?? live.findLast(({ final }) => final);
  return offer ? { offer, read: offer === read } : null;
}

/**
 * The goods that were ever held for a session, after one more offer waits. Each is counted from its first time, and once
 * more from when it is first read back: neither a no and a yes again, nor a renewed offer, nor another quantity begins
 * it anew. Nothing is ever forgotten, so that there can only be so many.
 */
export function heldAfter(before: readonly Held[], waiting: Waiting | null, at: string): readonly Held[] {
  if (!waiting) return before;
  const { read } = waiting;
  const goods = goodsOf(waiting.offer);
  const after = before.map((one) =>
    read && !one.read && goods.includes(one.sku) ? { ...one, since: at, read } : one,
  );
  const added = goods.filter((sku) => !before.some((one) => one.sku === sku));
  return [...after, ...added.map((sku) => ({ sku, since: at, read }))].slice(0, BOUNDS.goods_held);
}

/** Since when the first of an offer's goods has been held; null when a session had too many others held before. */
export function heldSince(held: readonly Held[], offer: Offer): string | null {
  const since = goodsOf(offer).map((sku) => held.find((one) => one.sku === sku)?.since ?? "");
  return since.sort()[0] || null;
}

/** Each once; what is given beside them is not what a session asks to have held. */
function goodsOf({ lines }: Offer): string[] {
  return [...new Set(lines.flatMap(({ sku, gift }) => (gift ? [] : [sku])))];
}

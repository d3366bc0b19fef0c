import { Receipt } from "../domain/erasure.ts";
import { canonical } from "../domain/hash.ts";
import type { IntentView } from "../domain/reply.ts";
import type { IntentRecord } from "../ports/store.ts";
import type { AuditSources, Breach } from "./finding.ts";

/** What the log says of an order: the event that made it, and how it stood first and last. */
export interface Bound {
  readonly seq: number;
  readonly first: IntentView;
  readonly last: IntentView;
}

type Found = (breach: Breach, seq: number | null, says: string) => void;

/**
 * The orders of a session against the events that bound them, and their signatures against the published keys; of an
 * erased session (`bound` null) against the receipt. Gives how many there are.
 */
export async function auditOrders(
  session: string,
  bound: ReadonlyMap<string, Bound> | null,
  sources: AuditSources,
  found: Found,
): Promise<number> {
  const records = await sources.store.intentsOf(session);
  if (bound === null) {
    await againstReceipt(session, records, sources, found);
    return records.length;
  }
  const stored = new Set(records.map(({ id }) => id));
  for (const [id, { seq }] of bound)
    if (!stored.has(id))
      found("order_missing", seq, `order ${id} was bound here, and is not among the orders`);
  for (const record of records) {
    const by = bound.get(record.id);
    if (!by)
      found("order_unbound", null, `order ${record.id} is stored, but no event of the session made it`);
    else {
      for (const says of differences(record, by))
        found("order_edited", by.seq, `order ${record.id}: ${says}`);
      await signed(record, by, sources, found);
    }
  }
  return records.length;
}

/** What an order's record says otherwise than the log and its own payload. */
function* differences(record: IntentRecord, { first, last }: Bound): Generator<string> {
  const { total, currency, offer, status } = record;
  if (total !== first.total) yield `its total is ${total}, and was bound as ${first.total}`;
  if (currency !== first.currency) yield `its currency is ${currency}, and was bound as ${first.currency}`;
  if (offer !== first.offer) yield `it is for offer ${offer}, and was bound for ${first.offer}`;
  if (status !== last.status) yield `it is ${status}, and the log says ${last.status}`;
  const payload = parsed(record.payload);
  if (payload === null) yield "its payload cannot be read";
  else if (payload.id !== record.id || payload.totals?.total !== first.total)
    yield "its payload is of another order or sum than was bound";
  else if (canonical(unitsOf(payload.lines)) !== canonical(record.lines))
    yield "its lines are not those of its payload";
}

async function signed(record: IntentRecord, { seq, last }: Bound, { orders }: AuditSources, found: Found) {
  const { id, jws, payload } = record;
  if ((last.jws ?? null) !== jws)
    found("order_edited", seq, `order ${id}: its signature is not the one in the log`);
  else if (jws !== null && (await orders.verify(jws)) !== payload)
    found("signature_broken", seq, `order ${id}: no published key of this gateway signed its terms`);
}

/** What was signed when the session was erased is all that is left to hold its money records against. */
async function againstReceipt(
  session: string,
  records: readonly IntentRecord[],
  { store, erasures }: AuditSources,
  found: Found,
): Promise<void> {
  const payload = await erasures.verify((await store.receipt(session)) ?? "");
  const receipt = payload === null ? null : Receipt.safeParse(JSON.parse(payload));
  // Without one the session itself is found.
  if (!receipt?.success) return;
  const known = new Map(receipt.data.orders.map((order) => [order.id, order]));
  for (const { id, total, currency } of records) {
    const then = known.get(id);
    if (!then)
      found("order_unbound", null, `order ${id} is stored, but the receipt of the erasure knows none such`);
    else if (then.total !== total || then.currency !== currency)
      found(
        "order_edited",
        null,
        `order ${id}: its sum is ${total} ${currency}, and was ${then.total} ${then.currency}`,
      );
    known.delete(id);
  }
  for (const id of known.keys())
    found("order_missing", null, `order ${id} was kept when the session was erased, and is gone`);
}

interface Payload {
  readonly id?: string;
  readonly totals?: { readonly total?: number };
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
}

function parsed(payload: string): Payload | null {
  try {
    return JSON.parse(payload) as Payload;
  } catch {
    return null;
  }
}

function unitsOf(lines: Payload["lines"]) {
  return (lines ?? []).map(({ sku, quantity }) => ({ sku, quantity }));
}

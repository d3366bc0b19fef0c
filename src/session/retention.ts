import type { Eraser } from "./erase.ts";
import { eraseSession } from "./erase.ts";

const AT_ONCE = 16;

export interface Swept {
  readonly erased: number;
  /** Of which nothing is left but a receipt and money records. */
  readonly forgotten: number;
}

/**
 * Erases and forgets every session whose last event is older than `days`, by the clock of `by`. One with an unanswered
 * order is left until that has its end; of one with an order still to be carried out the skeleton stays, so that the
 * vendor's system can say that it was. In small steps; MAY be stopped, repeated, and run on several nodes at once. One
 * session that cannot be erased holds up no other: `failed` is told.
 */
export async function sweep(
  days: number,
  by: Eraser,
  failed: (session: string, error: unknown) => void,
  stop?: AbortSignal,
): Promise<Swept> {
  const instant = new Date(Date.parse(by.clock.now()) - days * DAY_MS).toISOString();
  const swept = { erased: 0, forgotten: 0 };
  const end = async (session: string) => {
    try {
      const before = await by.store.receipt(session);
      const { receipt } = await eraseSession(session, "retention", by);
      if (before === null) swept.erased += 1;
      if (await isOpen(receipt.session, by)) return;
      await by.store.forget(session);
      swept.forgotten += 1;
    } catch (error) {
      failed(session, error);
    }
  };
  for (let after: string | null = null; !stop?.aborted; ) {
    const page: readonly string[] = await by.store.endedBefore(instant, after, AT_ONCE);
    // Together they share a commit, and the emptying of the write-ahead log that comes with it.
    await Promise.all(page.map(end));
    if (page.length < AT_ONCE) break;
    after = page.at(-1) ?? null;
  }
  return swept;
}

/**
 * Deletes the money records of forgotten conversations that were issued more than `days` ago; how many. Chains, checkpoints
 * and receipts of erasures stay: what they prove they prove without them. MAY be stopped and repeated, on any node.
 */
export async function dropRecords(
  days: number,
  { store, clock }: Pick<Eraser, "store" | "clock">,
  stop?: AbortSignal,
): Promise<number> {
  const instant = new Date(Date.parse(clock.now()) - days * DAY_MS).toISOString();
  let dropped = 0;
  for (let after: string | null = null; !stop?.aborted; ) {
    const page: readonly string[] = await store.dropOrders(instant, after, RECORDS_AT_ONCE);
    dropped += page.length;
    if (page.length < RECORDS_AT_ONCE) break;
    after = page.at(-1) ?? null;
  }
  return dropped;
}

const RECORDS_AT_ONCE = 500;
const DAY_MS = 86_400_000;

async function isOpen(session: string, { store }: Eraser): Promise<boolean> {
  return (await store.intentsOf(session)).some(({ status }) => status === "accepted");
}

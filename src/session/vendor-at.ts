import { Vendor } from "../domain/vendor.ts";
import type { House } from "./house.ts";

/** The vendor as it stood when that reply was decided; as it stands now where that is not kept. */
export async function vendorAt({ store, policy }: House, session: string, reply: number): Promise<Vendor> {
  const now = policy();
  const record = (await store.turns(session)).find((turn) => turn.reply === reply);
  if (!record || record.policy === now.policy) return now.vendor;
  const kept = await store.policy(record.policy);
  const then = kept === null ? null : Vendor.safeParse((JSON.parse(kept) as { vendor: unknown }).vendor);
  return then?.success ? then.data : now.vendor;
}

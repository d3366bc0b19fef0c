import { z } from "zod";
import { Fault } from "../domain/fault.ts";
import type { Handled, Hindsight } from "../ports/hindsight.ts";
import { GapDeed, GapDraft, GapState } from "../protocol/gaps.ts";

/** What staff made of a gap so far. It names no session and holds no buyer's words but those staff wrote themselves. */
export const Record = z.strictObject({
  state: GapState,
  draft: GapDraft.nullable(),
  deeds: z.array(GapDeed),
  /** Ids of what is live. */
  entries: z.array(z.string()),
});
export type Record = z.infer<typeof Record>;

export function recordIn({ body }: Pick<Handled, "body">): Record {
  return Record.parse(JSON.parse(body));
}

const NOTHING: Record = { state: "open", draft: null, deeds: [], entries: [] };
/** Deeds that are kept of one gap. */
const DEEDS = 100;

/** The record of a gap, and how it is changed: refused as `edit_conflict` where somebody else was quicker. */
export async function opened(gap: string, hindsight: Hindsight) {
  const found = (await hindsight.handled()).find((one) => one.gap === gap);
  const record = found ? recordIn(found) : NOTHING;
  let revision = found?.revision ?? 0;
  return {
    record,
    change: async (to: Partial<Record>, deed: GapDeed): Promise<void> => {
      const next: Record = { ...record, ...to, deeds: [...record.deeds, deed].slice(-DEEDS) };
      revision += 1;
      if (await hindsight.handle({ gap, revision, body: JSON.stringify(next) })) return;
      throw new Fault("edit_conflict", "somebody else changed this gap just now; look at it again");
    },
  };
}

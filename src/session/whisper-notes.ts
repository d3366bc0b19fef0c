import { BOUNDS } from "../domain/bounds.ts";
import type { State } from "../domain/state.ts";
import type { Store } from "../ports/store.ts";

/** What was told since the agent last replied, for the words of its next reply alone. */
export async function whispersFor(
  store: Pick<Store, "notes">,
  session: string,
  { replied }: State,
): Promise<readonly string[]> {
  const notes = await store.notes(session);
  return notes
    .filter(({ seq }) => seq >= replied)
    .slice(-BOUNDS.whispers)
    .map(({ text }) => text);
}

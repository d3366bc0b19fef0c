import { BOUNDS } from "../domain/bounds.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { Guests } from "./guests.ts";

/** Keeps what a node knows of who was turned away: from the store, whoever wrote it there. */
export interface Revocations {
  /** Looks now, as after a hint or a change of one's own. Never rejects: what cannot be read now is read again. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/** Looks at once and then every two seconds; rejects when the first look fails. */
export async function revocations(
  store: Pick<Store, "revocations">,
  guests: Pick<Guests, "turnAway">,
  log: Log,
): Promise<Revocations> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const read = async () => {
    const all = await store.revocations();
    guests.turnAway(new Set(all.map(({ principal }) => principal)));
  };
  const look = () => {
    clearTimeout(timer);
    running = running
      .then(read)
      .catch((error: unknown) => log.error({ cause: String(error) }, "revocations could not be read"))
      .finally(() => {
        if (!stopped) timer = setTimeout(look, BOUNDS.revocations_ms).unref();
      });
    return running;
  };
  await read();
  timer = setTimeout(look, BOUNDS.revocations_ms).unref();
  return {
    look,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

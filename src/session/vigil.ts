import type { Gateway } from "./gateway.ts";
import { endLapsed } from "./takeover.ts";
import { anybodyThere } from "./waiting.ts";

const AT_ONCE = 16;
const MOST_MS = 5_000;

/** Ends the leases of staff that are not heard of any more, and waits for staff that do not come, at whichever node they began. */
export interface Vigil {
  /** Stops after those under way. */
  stop(): Promise<void>;
}

export function vigil(gateway: Gateway): Vigil {
  const { log, store, clock, lease_ms } = gateway.house;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const sweep = async () => {
    const over = await store.lapsed(clock.now(), AT_ONCE);
    const waits = (await anybodyThere(gateway.house)) ? [] : await store.waits(AT_ONCE);
    const end = (session: string) =>
      endLapsed(gateway, session).catch((error: unknown) =>
        log.warn({ cause: String(error) }, "a lease or wait that is over could not be ended yet"),
      );
    await Promise.all([...new Set([...over, ...waits].map(({ session }) => session))].map(end));
  };
  const run = () => {
    running = sweep()
      .catch((error: unknown) => log.error({ cause: String(error) }, "leases could not be read"))
      .finally(() => {
        // Nodes drift apart, so that they do not all go for the same lease at once.
        const every = Math.min(lease_ms / 4, MOST_MS);
        if (!stopping.signal.aborted) timer = setTimeout(run, every * (0.5 + Math.random())).unref();
      });
  };

  run();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

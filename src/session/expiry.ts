import type { Overdue } from "../ports/store.ts";
import type { Gateway } from "./gateway.ts";
import { expireOrder } from "./orders.ts";

const EVERY_MS = 5_000;
const AT_ONCE = 16;

/** Ends the orders that nobody answers, in the background, beginning with what fell due before it began. */
export interface Expiry {
  /** Stops after the orders under way. */
  stop(): Promise<void>;
}

export function expiry(gateway: Gateway): Expiry {
  const { log } = gateway.house;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = () => {
    running = expireOverdue(gateway, stopping.signal)
      .catch((error: unknown) => log.error({ cause: String(error) }, "overdue orders could not be read"))
      .finally(() => {
        // Nodes drift apart, so that they do not all go for the same order at once.
        if (!stopping.signal.aborted) timer = setTimeout(run, EVERY_MS * (0.5 + Math.random())).unref();
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

/**
 * Ends every order that is overdue by now. May be repeated, also beside itself and after a crash: each order ends in one
 * commit, which the store takes only from a status that may expire. One that cannot be ended holds up no other.
 */
export async function expireOverdue(gateway: Gateway, stopping?: AbortSignal): Promise<void> {
  const { store, clock, log } = gateway.house;
  const now = clock.now();
  const end = ({ id }: Overdue) =>
    expireOrder(gateway, id).catch((error: unknown) =>
      log.warn({ order: id, cause: String(error) }, "an overdue order could not be ended yet"),
    );
  for (let after: Overdue | null = null; !stopping?.aborted; ) {
    const page: readonly Overdue[] = await store.overdue(now, after, AT_ONCE);
    await Promise.all(page.map(end));
    if (page.length < AT_ONCE) return;
    after = page.at(-1) ?? null;
  }
}

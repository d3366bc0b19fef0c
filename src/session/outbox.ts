import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { Gone, type Sink } from "../ports/sink.ts";
import type { OutboxItem, Store } from "../ports/store.ts";

/** Seconds until the next attempt: Standard Webhooks 1.0, "Operational considerations", with a day at the end. */
const RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
const AT_ONCE = 16;

/** Delivers what is due, at least once, in the background. */
export interface Outbox {
  /** Something was just added. */
  wake(): void;
  /** Stops after the deliveries under way. */
  stop(): Promise<void>;
}

export function outbox(store: Store, sink: Sink, clock: Clock, log: Log): Outbox {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;

  const deliver = async (item: OutboxItem) => {
    try {
      await sink.deliver(item);
      await store.delivered(item.id);
    } catch (error) {
      const wait = error instanceof Gone ? undefined : RETRY_SECONDS[item.attempts];
      const due = wait === undefined ? null : new Date(Date.parse(clock.now()) + wait * 1_000).toISOString();
      log.warn({ item: item.id, attempts: item.attempts + 1, due, cause: String(error) }, "delivery failed");
      await store.failed(item.id, due, String(error));
    }
  };

  const round = async () => {
    for (;;) {
      again = false;
      const items = await store.due(clock.now(), AT_ONCE);
      await Promise.all(items.map(deliver));
      if (stopped || (items.length < AT_ONCE && !again)) return;
    }
  };

  const run = () => {
    if (running || stopped) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = round()
      .catch((error: unknown) => log.error({ cause: String(error) }, "the outbox could not be read"))
      .finally(() => {
        running = null;
        if (!stopped) timer = setTimeout(run, again ? 0 : 5_000).unref();
      });
  };

  run();
  return {
    wake: run,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

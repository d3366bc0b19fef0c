import type { Clock } from "../ports/clock.ts";
import type { OutboxItem, SinkState } from "../ports/deliveries.ts";
import type { Log } from "../ports/log.ts";
import type { Sink } from "../ports/sink.ts";
import type { Store } from "../ports/store.ts";

/** Seconds until the next attempt: Standard Webhooks 1.0, "Deliverability and reliability", with a day at the end. */
const RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** Each wait is longer or shorter by so much, so that what failed together does not come again together. */
const JITTER = 0.1;
/** A receiver that asks for patience gets this much at most. */
const PATIENCE_SECONDS = 86_400;
const AT_ONCE = 16;
/** What an item is out of everybody's reach for beyond what its sink may take: the time to note what became of it. */
const SLACK_MS = 5_000;
const LOOK_MS = 5_000;

/** Delivers what is due, at least once, in the background: to each sink by itself. */
export interface Outbox {
  /** Something was just added. */
  wake(): void;
  /** Stops after the deliveries under way. */
  stop(): Promise<void>;
}

/** Counts what happens to deliveries. */
export interface DeliveryMeter {
  /** An attempt ended. */
  attempt(sink: string, outcome: "delivered" | "failed" | "given_up"): void;
  /** How the outbox stands, for whoever looks now. */
  standing(sinks: readonly SinkState[]): void;
}

export interface OutboxParts {
  readonly store: Store;
  readonly sinks: Readonly<Record<string, Sink>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: DeliveryMeter;
  /** From 0 to 1, for the jitter. */
  random(): number;
}

export function outbox(parts: OutboxParts): Outbox {
  const couriers = Object.entries(parts.sinks).map(([name, sink]) => courier(name, sink, parts));
  void noteForgotten(parts);
  return {
    wake: () => {
      for (const { wake } of couriers) wake();
    },
    stop: async () => {
      await Promise.all(couriers.map(({ stop }) => stop()));
    },
  };
}

/** One that fails or drags its feet holds up no other. */
function courier(name: string, sink: Sink, { store, clock, log, meter, random }: OutboxParts): Outbox {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;

  const deliver = async (item: OutboxItem) => {
    const delivery = await sink
      .deliver(item)
      .catch((error: unknown) => ({ outcome: "failed" as const, why: String(error) }));
    if (delivery.outcome === "delivered") {
      await store.delivered(item.id, name);
      meter.attempt(name, "delivered");
      return;
    }
    const now = clock.now();
    if (delivery.outcome === "gone") {
      await store.disable(name, now, delivery.why);
      // It waits with the others: an order that was signed is still owed to whoever comes back.
      await store.failed(item.id, name, now, delivery.why);
      meter.attempt(name, "failed");
      const mend = `nothing is sent there any more; all of it waits until \`outbox enable ${name}\``;
      log.error({ sink: name, item: item.id, why: delivery.why }, `the receiver wants nothing more: ${mend}`);
      return;
    }
    const due = dueAfter(now, item.attempts, "wait_s" in delivery ? delivery.wait_s : undefined, random);
    await store.failed(item.id, name, due, delivery.why);
    meter.attempt(name, due === null ? "given_up" : "failed");
    const fields = { sink: name, item: item.id, attempts: item.attempts + 1, due, why: delivery.why };
    if (due === null) log.error(fields, "a delivery was given up; `outbox resend` sends it again");
    else log.warn(fields, "a delivery failed");
  };

  const round = async () => {
    for (;;) {
      again = false;
      const now = clock.now();
      const until = new Date(Date.parse(now) + sink.within_ms + SLACK_MS).toISOString();
      const items = await store.lease(name, now, AT_ONCE, until);
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
      .catch((error: unknown) =>
        log.error({ sink: name, cause: String(error) }, "the outbox could not be read"),
      )
      .finally(() => {
        running = null;
        if (!stopped) timer = setTimeout(run, again ? 0 : LOOK_MS).unref();
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

/** When to try again after so many attempts and this one; null when it is given up. */
function dueAfter(
  now: string,
  attempts: number,
  asked: number | undefined,
  random: () => number,
): string | null {
  const planned = RETRY_SECONDS[attempts];
  if (planned === undefined) return null;
  const jittered = planned * (1 - JITTER + 2 * JITTER * random());
  const wait = Math.max(jittered, Math.min(asked ?? 0, PATIENCE_SECONDS));
  return new Date(Date.parse(now) + Math.round(wait * 1_000)).toISOString();
}

/** What waits for a sink that was configured once and is no longer: nobody else would say so. */
async function noteForgotten({ store, sinks, log }: OutboxParts): Promise<void> {
  const states = await store.sinks().catch(() => []);
  for (const { sink, waiting } of states) {
    if (sink in sinks || waiting === 0) continue;
    log.warn({ sink, waiting }, "deliveries wait for a place that is no longer configured");
  }
}

import type { Log } from "../ports/log.ts";
import { type Checkpoints, makeCheckpoint } from "../session/checkpoint.ts";
import type { Eraser } from "../session/erase.ts";
import { dropRecords, sweep } from "../session/retention.ts";
import type { AuditHome } from "./audit-home.ts";
import type { Config } from "./config.ts";

/** What is done once a day, without anybody asking. */
export interface Upkeep {
  /** Ends what is under way, and signs a last checkpoint where that takes no time. */
  stop(): Promise<void>;
}

const FIRST_MS = 60_000;
const EVERY_MS = 86_400_000;
const LAST_MS = 3_000;

/** Erases and deletes what was kept long enough (days, 0 for ever) and signs how far every log reaches. */
export function upkeep(
  {
    retention_days: days,
    money_retention_days: money,
  }: Pick<Config, "retention_days" | "money_retention_days">,
  eraser: Eraser,
  audit: AuditHome,
  log: Log,
): Upkeep {
  const stopping = new AbortController();
  const { store, clock } = eraser;
  const checkpoints: Checkpoints = {
    ...{ store, clock, signer: audit.signs.checkpoints },
    ...{ heads: audit.heads, journal: audit.checkpoints },
  };
  const sign = (stop: AbortSignal) =>
    audit
      .locked(() => makeCheckpoint(checkpoints, stop))
      .catch((error: unknown) => void log.error({ cause: String(error) }, "no checkpoint was signed"));
  const work = async () => {
    if (days > 0) {
      const failed = (session: string, error: unknown) =>
        log.warn({ session, cause: String(error) }, "a session could not be erased yet");
      const swept = await sweep(days, eraser, failed, stopping.signal);
      if (swept.erased > 0) log.info({ ...swept, days }, "conversations were kept long enough");
    }
    const dropped = money > 0 ? await dropRecords(money, eraser, stopping.signal) : 0;
    if (dropped > 0) log.info({ dropped, days: money }, "money records were kept long enough");
    await sign(stopping.signal);
  };
  let timer = setTimeout(run, FIRST_MS).unref();
  let running: Promise<unknown> = Promise.resolve();

  function run() {
    running = work()
      .catch((error: unknown) => log.error({ cause: String(error) }, "the daily work was not done"))
      .finally(() => {
        if (!stopping.signal.aborted) timer = setTimeout(run, EVERY_MS).unref();
      });
  }

  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
      await sign(AbortSignal.timeout(LAST_MS));
    },
  };
}

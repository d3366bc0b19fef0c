import type { DestinationStream } from "pino";
import { redacted } from "../adapters/redaction.ts";
import type { Log } from "../ports/log.ts";
import type { Tracer } from "../ports/tracer.ts";
import { named } from "../session/named.ts";
import { type Base, closeBase, openBase } from "./base.ts";
import type { Running } from "./compose.ts";
import type { Config } from "./config.ts";
import { makeFolder } from "./folder.ts";

/** A gateway that listens, with everything the configuration asks for around it. */
export interface Opened extends Running {
  readonly log: Log;
  /** Whether traces are kept: what sends them goes on trying to reach a collector that is gone, and holds the process. */
  readonly traced: boolean;
}

/**
 * Opens the gateway that a configuration describes, in this process; logs go to `to`, else to the error stream. What cannot
 * be opened is a `Fault` that names the setting, and leaves nothing open.
 */
export async function openGateway(config: Config, to?: DestinationStream): Promise<Opened> {
  makeFolder(config.home, "PARLEY_HOME");
  // The threads that write and search begin here, and get ready while the rest is still being read.
  const base = await withFinding(config.search, await openBase(config));
  const [{ pino }, { compose }] = await Promise.all([import("pino"), import("./compose.ts")]);
  let tracer: Tracer | null = null;
  const log = pino(
    {
      level: config.log_level,
      formatters: { log: redacted },
      // Each line says which conversation and message it is about, and with traces which one it belongs to.
      mixin: () => ({ ...named(), ...tracer?.named() }),
    },
    to ?? pino.destination({ dest: 2, sync: false }),
  );
  tracer = await openTracer(config, log);
  const vectors = await openVectors(config, base, log);
  const search = vectors?.search ?? base.search;
  const gateway = await compose(config, { ...base, search }, log, tracer).catch(async (cause: unknown) => {
    // A thread left running would keep the process from ending.
    await search.close();
    await base.store.close();
    throw cause;
  });
  // Nobody waits for it: until a product has its vector it is found by its words.
  vectors?.begin();
  return {
    ...gateway,
    ...{ log, traced: tracer !== null },
    stop: async () => {
      await gateway.stop().finally(() => tracer?.close());
    },
  };
}

/** Products are found elsewhere, where the configuration says so. */
async function withFinding(at: string | undefined, base: Base): Promise<Base> {
  if (at === undefined || base.db === null) return base;
  const { openFinding } = await import("../adapters/drivers.ts");
  const { search, catalogue } = await openFinding(at, base.db, base.search).catch(async (cause: unknown) => {
    await closeBase(base);
    throw cause;
  });
  return { ...base, search, finding: { at, catalogue } };
}

/** A gateway that nobody wants traces of loads nothing of OpenTelemetry. */
async function openTracer({ tracing }: Config, log: Log): Promise<Tracer | null> {
  if (!tracing) return null;
  const { otlpTracer } = await import("../adapters/tracing.ts");
  return otlpTracer(tracing, log);
}

/** A gateway that searches by words alone loads nothing of what vectors need. */
async function openVectors(config: Config, base: Base, log: Log) {
  const { embed_url: url, embed_model: model } = config;
  if (url === undefined || model === undefined || base.db === null) return null;
  const { openVectors: opened } = await import("./vectors.ts");
  return opened({ url, model, key: config.embed_key }, { db: base.db, search: base.search }, log);
}

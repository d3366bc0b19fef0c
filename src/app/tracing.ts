import { z } from "zod";
import type { TracingOptions } from "../adapters/tracing.ts";
import { Fault, problemsOf } from "../domain/fault.ts";

const count = (given: number) => z.coerce.number().int().min(1).max(1_000_000).default(given);

/**
 * OpenTelemetry's own variables, by their specification ("Environment Variable Specification", 1.x), as far as they
 * decide here: whether there are traces, which, and how they are queued. Its libraries read where to and with what
 * (`OTEL_EXPORTER_OTLP_*`), and what we are called (`OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`).
 */
const Variables = z.object({
  OTEL_TRACES_SAMPLER: z
    .enum([
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio",
    ])
    .default("parentbased_always_on"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_BSP_SCHEDULE_DELAY: count(5_000),
  OTEL_BSP_EXPORT_TIMEOUT: count(30_000),
  OTEL_BSP_MAX_QUEUE_SIZE: count(2_048),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: count(512),
});

const PLACES = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"] as const;
const PROTOCOLS = ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"] as const;

/** Null where nobody asks for traces. Throws `bad_config` naming the variable. */
export function tracingOf(env: Readonly<Record<string, string | undefined>>): TracingOptions | null {
  const endpoint = PLACES.find((name) => env[name]);
  const none = env.OTEL_SDK_DISABLED?.toLowerCase() === "true" || env.OTEL_TRACES_EXPORTER === "none";
  if (endpoint === undefined || none) return null;
  if (!/^https?:\/\/./.test(env[endpoint] ?? "") || !URL.canParse(env[endpoint] ?? ""))
    throw new Fault(
      "bad_config",
      `${endpoint}: expected the address of a collector, as http://127.0.0.1:4318`,
    );
  const protocol = PROTOCOLS.find((name) => env[name]);
  if (protocol !== undefined && env[protocol] !== "http/protobuf")
    throw new Fault(
      "bad_config",
      `${protocol}: traces leave by http/protobuf; a collector takes it at port 4318`,
    );
  // An empty variable is as good as none, says the specification.
  const parsed = Variables.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value)));
  if (!parsed.success) throw new Fault("bad_config", problemsOf(parsed.error));
  const { data } = parsed;
  return {
    sampler: data.OTEL_TRACES_SAMPLER,
    ratio: data.OTEL_TRACES_SAMPLER_ARG,
    batch: {
      scheduledDelayMillis: data.OTEL_BSP_SCHEDULE_DELAY,
      exportTimeoutMillis: data.OTEL_BSP_EXPORT_TIMEOUT,
      maxQueueSize: data.OTEL_BSP_MAX_QUEUE_SIZE,
      maxExportBatchSize: Math.min(data.OTEL_BSP_MAX_EXPORT_BATCH_SIZE, data.OTEL_BSP_MAX_QUEUE_SIZE),
    },
  };
}

import { AsyncLocalStorage } from "node:async_hooks";
import {
  type HrTime,
  type Span as OtelSpan,
  SpanKind as OtelSpanKind,
  ROOT_CONTEXT,
  type SpanContext,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { ExportResultCode, parseTraceParent } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  type BatchSpanProcessorOptions,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Log } from "../ports/log.ts";
import type { Span, SpanKind, Tracer } from "../ports/tracer.ts";

/** What OpenTelemetry's own variables say of us; where spans go, and with what, its exporter reads itself. */
export interface TracingOptions {
  readonly sampler: `${"" | "parentbased_"}${"always_on" | "always_off" | "traceidratio"}`;
  /** Share of traces that is kept, 0 to 1, where the sampler goes by it. */
  readonly ratio: number;
  readonly batch: Omit<BatchSpanProcessorOptions, "exporter">;
}

/** How long a stop waits for a collector. */
const LAST_MS = 2_000;

/**
 * Traces by OTLP over HTTP (protobuf). Spans wait in a bounded queue and are sent in the background: a collector that is
 * slow or gone costs spans and nothing else. Nothing is registered globally, so that no library is traced unasked.
 */
export function otlpTracer(options: TracingOptions, log: Log): Tracer {
  const exporter = watched(new OTLPTraceExporter(), log);
  const provider = new TracerProvider({
    // The variables win: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "parley" }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(options),
    spanLimits: { attributeCountLimit: 32, attributeValueLengthLimit: 200 },
    spanProcessors: [new BatchSpanProcessor({ ...options.batch, exporter })],
  });
  const tracer = provider.getTracer("parley-gateway");
  const here = new AsyncLocalStorage<Here>();

  return {
    arriving: (traceparent, work) => {
      const remote = traceparent === undefined ? null : parseTraceParent(traceparent);
      return here.run({ remote: remote && { ...remote, isRemote: true }, span: null }, work);
    },
    begin: (name, under, kind = "internal", attributes = {}) => {
      const around = here.getStore();
      const parent = under instanceof Traced ? under.otel.spanContext() : around?.remote;
      const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      const clock = under instanceof Traced ? under.clock : clockFrom(Date.now(), performance.now());
      const options = { kind: KINDS[kind], attributes, startTime: clock() };
      const span = new Traced(tracer.startSpan(name, options, context), clock);
      // What is said of an arrival after its work has ended, a refusal say, is found by its trace as well.
      if (around && under === null) around.span ??= span;
      return span;
    },
    within: (span, work) => (span instanceof Traced ? here.run({ remote: null, span }, work) : work()),
    named: () => {
      const span = here.getStore()?.span?.otel.spanContext();
      return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
    },
    close: async () => {
      const stopped = provider.shutdown().catch(() => {});
      await Promise.race([stopped, new Promise((over) => setTimeout(over, LAST_MS).unref())]);
    },
  };
}

interface Here {
  readonly remote: SpanContext | null;
  span: Traced | null;
}

/** Says once that spans are being lost, and once that they arrive again. */
function watched(exporter: SpanExporter, log: Log): SpanExporter {
  let lost = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== ExportResultCode.SUCCESS;
        if (failed && !lost)
          log.warn({ cause: String(result.error) }, "traces do not arrive; they are dropped");
        if (!failed && lost) log.info({}, "traces arrive again");
        lost = failed;
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

class Traced implements Span {
  readonly otel: OtelSpan;
  readonly clock: () => HrTime;
  constructor(otel: OtelSpan, clock: () => HrTime) {
    this.otel = otel;
    this.clock = clock;
  }

  end({ name, attributes, failed }: Parameters<Span["end"]>[0] = {}): void {
    if (name !== undefined) this.otel.updateName(name);
    if (attributes) this.otel.setAttributes(attributes);
    if (failed !== undefined) {
      this.otel.setAttribute("error.type", failed);
      this.otel.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.otel.end(this.clock());
  }
}

/** One clock for a whole trace: the library's own begins each span at a whole millisecond, where a station takes less. */
function clockFrom(wall: number, steady: number): () => HrTime {
  return () => {
    const ms = wall + performance.now() - steady;
    const seconds = Math.floor(ms / 1_000);
    return [seconds, Math.floor((ms - seconds * 1_000) * 1_000_000)];
  };
}

const KINDS: Readonly<Record<SpanKind, OtelSpanKind>> = {
  server: OtelSpanKind.SERVER,
  client: OtelSpanKind.CLIENT,
  internal: OtelSpanKind.INTERNAL,
};

function samplerOf({ sampler, ratio }: TracingOptions): Sampler {
  const root = sampler.endsWith("always_off")
    ? new AlwaysOffSampler()
    : sampler.endsWith("traceidratio")
      ? new TraceIdRatioBasedSampler(ratio)
      : new AlwaysOnSampler();
  return sampler.startsWith("parentbased_") ? new ParentBasedSampler({ root }) : root;
}

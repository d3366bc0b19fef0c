import type { Registry } from "prom-client";
import type { Event } from "../domain/event.ts";
import type { Meter } from "../session/house.ts";
import type { DeliveryMeter } from "../session/outbox.ts";
import { type Group, groups } from "./groups.ts";
import { type Instruments, instrumentsOf, type Watched } from "./instruments.ts";

type Counting = Meter & Instruments & DeliveryMeter;

/** What is still to be counted by the time the library is there. */
type Count = (meter: Counting) => void;

export interface Prometheus extends Pick<Instruments, "append" | "search"> {
  readonly meter: Meter;
  readonly deliveries: DeliveryMeter;
  /** What is asked whenever somebody looks. */
  watch(watched: Watched): void;
  text(): Promise<string>;
  readonly type: string;
  close(): void;
}

/**
 * Prometheus metrics, labelled only by what the protocol itself enumerates. The library is read once the start is
 * over; what happens before is counted then.
 */
export function prometheus(): Prometheus {
  let early: Count[] = [];
  let ready: Counting | null = null;
  let watched: Watched | null = null;
  let library: ReturnType<typeof instruments> | undefined;
  const load = () => {
    library ??= instruments().then((made) => {
      ready = made.meter;
      for (const count of early) count(made.meter);
      early = [];
      return made;
    });
    return library;
  };
  const group = (told: unknown) => counted((meter) => meter.group(told as Group));
  groups.subscribe(group);
  setTimeout(() => void load(), PREPARE_MS).unref();
  const counted = (count: Count) => {
    if (ready) count(ready);
    else early.push(count);
  };
  return {
    meter: {
      step: (appended) => counted((meter) => meter.step(appended)),
      fault: (code) => counted((meter) => meter.fault(code)),
      turn: (ended) => counted((meter) => meter.turn(ended)),
      ack: (channel, seconds) => counted((meter) => meter.ack(channel, seconds)),
      queued: (change) => counted((meter) => meter.queued(change)),
      peers: (tier, change) => counted((meter) => meter.peers(tier, change)),
      resume: (outcome) => counted((meter) => meter.resume(outcome)),
      reconnect: () => counted((meter) => meter.reconnect()),
      refused: (code) => counted((meter) => meter.refused(code)),
      droppedDelta: () => counted((meter) => meter.droppedDelta()),
      connections: (change) => counted((meter) => meter.connections(change)),
      question: (measured) => counted((meter) => meter.question(measured)),
    },
    deliveries: {
      attempt: (sink, outcome) => counted((meter) => meter.attempt(sink, outcome)),
      standing: (sinks) => counted((meter) => meter.standing(sinks)),
    },
    append: (outcome, seconds) => counted((meter) => meter.append(outcome, seconds)),
    search: (kind, seconds, partial) => counted((meter) => meter.search(kind, seconds, partial)),
    watch: (given) => {
      watched = given;
    },
    text: async () => {
      const { meter, text } = await load();
      if (watched) await meter.look(watched);
      return text();
    },
    close: () => groups.unsubscribe(group),
    type: "text/plain; version=0.0.4; charset=utf-8",
  };
}

const PREPARE_MS = 500;

async function instruments() {
  const library = await import("prom-client");
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = library;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, label: string) =>
    new Counter({ name: `parley_${name}_total`, help, labelNames: [label], registers });
  const events = counter("events", "Events appended, by kind.", "kind");
  const moves = counter("moves", "Replies, by the vendor's act.", "act");
  const faults = counter("faults", "Messages refused, by code.", "code");
  const orders = counter("orders", "Orders, by status reached.", "status");
  const connections = new Gauge({
    name: "parley_connections",
    help: "WebSocket connections open.",
    registers,
  });
  const questions = new Counter({
    name: "parley_questions_total",
    help: "Questions to a language model, by prompt and outcome.",
    labelNames: ["prompt", "outcome"],
    registers,
  });
  const tokens = counter("tokens", "Tokens of questions to a language model, by direction.", "direction");
  const spent = new Counter({
    name: "parley_model_cost_usd_total",
    help: "US dollars spent on language models, where the price is set.",
    registers,
  });
  const answers = new Histogram({
    name: "parley_question_seconds",
    help: "From question to answer, retries and repair included.",
    labelNames: ["prompt"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
    registers,
  });
  const meter: Counting = {
    ...instrumentsOf(library, registry),
    ...deliveriesOn(library, registers),
    question: ({ prompt, outcome, tokens: used, micro_usd, seconds }) => {
      questions.inc({ prompt, outcome });
      tokens.inc({ direction: "in" }, used?.in ?? 0);
      tokens.inc({ direction: "out" }, used?.out ?? 0);
      spent.inc((micro_usd ?? 0) / 1_000_000);
      answers.observe({ prompt }, seconds);
    },
    step: (appended: readonly Event[]) => {
      for (const event of appended) {
        events.inc({ kind: event.kind });
        if (event.kind === "order") orders.inc({ status: event.intent.status });
        if (event.kind !== "reply") continue;
        moves.inc({ act: event.move.act });
        for (const intent of event.move.intents) orders.inc({ status: intent.status });
      }
    },
    fault: (code) => faults.inc({ code }),
    connections: (change) => connections.inc(change),
  };
  return { meter, text: () => registry.metrics() };
}

/** How orders leave, by sink. */
function deliveriesOn(
  { Counter, Gauge }: typeof import("prom-client"),
  registers: Registry[],
): DeliveryMeter {
  const labelNames = ["sink"];
  const attempts = new Counter({
    name: "parley_deliveries_total",
    help: "Attempts to deliver to a sink, by outcome.",
    labelNames: ["sink", "outcome"],
    registers,
  });
  const disabled = new Gauge({
    name: "parley_outbox_disabled",
    help: "1 while a sink wants nothing more (410 Gone) and waits to be enabled.",
    ...{ labelNames, registers },
  });
  return {
    attempt: (sink, outcome) => attempts.inc({ sink, outcome }),
    standing: (sinks) => {
      disabled.reset();
      for (const state of sinks) disabled.set({ sink: state.sink }, state.disabled ? 1 : 0);
    },
  };
}

import type { Event } from "../domain/event.ts";
import type { Meter } from "../session/house.ts";

/** What is still to be counted by the time the library is there. */
type Count = (meter: Meter) => void;

/**
 * Prometheus metrics, labelled only by what the protocol itself enumerates. The library is read once the start is
 * over; what happens before is counted then.
 */
export function prometheus(): { meter: Meter; text(): Promise<string>; type: string } {
  let early: Count[] = [];
  let ready: Meter | null = null;
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
  setTimeout(() => void load(), PREPARE_MS).unref();
  const counted = (count: Count) => {
    if (ready) count(ready);
    else early.push(count);
  };
  return {
    meter: {
      step: (appended) => counted((meter) => meter.step(appended)),
      fault: (code) => counted((meter) => meter.fault(code)),
      turn: (seconds) => counted((meter) => meter.turn(seconds)),
      connections: (change) => counted((meter) => meter.connections(change)),
      question: (measured) => counted((meter) => meter.question(measured)),
    },
    text: async () => (await load()).text(),
    type: "text/plain; version=0.0.4; charset=utf-8",
  };
}

const PREPARE_MS = 500;

async function instruments() {
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = await import("prom-client");
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
  const turns = new Histogram({
    name: "parley_turn_seconds",
    help: "From message to durable reply.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
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
    name: "parley_model_micro_usd_total",
    help: "Millionths of a US dollar spent on language models, where the price is set.",
    registers,
  });
  const answers = new Histogram({
    name: "parley_question_seconds",
    help: "From question to answer, retries and repair included.",
    labelNames: ["prompt"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
    registers,
  });
  const meter: Meter = {
    question: ({ prompt, outcome, tokens: used, micro_usd, seconds }) => {
      questions.inc({ prompt, outcome });
      tokens.inc({ direction: "in" }, used?.in ?? 0);
      tokens.inc({ direction: "out" }, used?.out ?? 0);
      spent.inc(micro_usd ?? 0);
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
    turn: (seconds) => turns.observe(seconds),
    connections: (change) => connections.inc(change),
  };
  return { meter, text: () => registry.metrics() };
}

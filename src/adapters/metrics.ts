import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Meter } from "../session/house.ts";

/** Prometheus metrics, labelled only by what the protocol itself enumerates. */
export function prometheus(): { meter: Meter; text(): Promise<string>; type: string } {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: "parley_events_total",
    help: "Events appended, by kind.",
    labelNames: ["kind"],
    registers,
  });
  const moves = new Counter({
    name: "parley_moves_total",
    help: "Replies, by the vendor's act.",
    labelNames: ["act"],
    registers,
  });
  const faults = new Counter({
    name: "parley_faults_total",
    help: "Messages refused, by code.",
    labelNames: ["code"],
    registers,
  });
  const orders = new Counter({
    name: "parley_orders_total",
    help: "Orders, by status reached.",
    labelNames: ["status"],
    registers,
  });
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
  return {
    meter: {
      step: (appended) => {
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
    },
    text: () => registry.metrics(),
    type: registry.contentType,
  };
}

import type { OutboxItem } from "../../src/ports/deliveries.ts";
import type { Delivery, Sink } from "../../src/ports/sink.ts";
import { answerOrder } from "../../src/session/orders.ts";
import type { Chance } from "./chance.ts";
import { asked } from "./insist.ts";
import type { Node } from "./node.ts";
import type { Oracle } from "./oracle.ts";
import type { Trace } from "./trace.ts";

/** The vendor's system: takes orders, fails, says it failed when it did not, and answers them at any node. */
export class Receiver implements Sink {
  readonly within_ms = 15_000;
  calm = false;
  readonly #chance: Chance;
  readonly #trace: Trace;
  readonly #oracle: Oracle;
  readonly #nodes: () => readonly Node[];
  readonly #known = new Set<string>();

  constructor(chance: Chance, trace: Trace, oracle: Oracle, nodes: () => readonly Node[]) {
    this.#chance = chance;
    this.#trace = trace;
    this.#oracle = oracle;
    this.#nodes = nodes;
  }

  async deliver(item: OutboxItem): Promise<Delivery> {
    await passed(this.#chance.between(1, this.#chance.happens(0.05) ? 3_000 : 40));
    if (!this.calm && this.#chance.happens(0.25)) {
      this.#trace.count("sink_errors");
      return { outcome: "failed", why: "500" };
    }
    this.#trace.note(`receiver has ${item.topic} ${item.id}`);
    this.#oracle.delivered(item);
    if (item.topic === "order.bound" && !this.#known.has(item.id)) void this.#answer(item.id);
    this.#known.add(item.id);
    await passed(this.#chance.between(1, 40));
    if (this.calm || !this.#chance.happens(0.1)) return { outcome: "delivered" };
    this.#trace.count("sink_acks_lost");
    return { outcome: "failed", why: "the answer did not come" };
  }

  async close(): Promise<void> {}

  /** Some orders are never answered, so that they expire. */
  async #answer(id: string): Promise<void> {
    await passed(this.#chance.between(200, 9_000));
    if (this.#chance.happens(0.2)) return;
    const status = this.#chance.happens(0.75) ? "accepted" : "rejected";
    const answer = (gateway: Node["gateway"]) => answerOrder(gateway, id, { status });
    if ((await asked(this.#nodes, this.#chance, answer)) === null) return;
    this.#trace.count("orders_answered");
  }
}

function passed(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms));
}

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { WebSocket } from "ws";
import type { Offer } from "../src/domain/offer.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { DETAILS, dialled, frameIn } from "./frames.ts";
import { type Good, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { percentile, rounded, seeded } from "./statistics.ts";

const BUYERS = 1_000;
/** Products fought over, and how many of each there are: a quarter of what the buyers want. */
const SHELVES = 25;
const UNITS = 10;
const ROUNDS = 4;

export interface CrowdFigures {
  /** Sessions open at the moment the first message is sent, and how many of them are still there at the end. */
  readonly concurrent: number;
  readonly open_at_end: number;
  /** Processor cores the gateway may use; null where that could not be bounded. */
  readonly cores: number | null;
  readonly turns: number;
  readonly turns_per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  /** From the stored orders alone: units sold, units beyond what there was, shelves whose rest does not add up. */
  readonly sold: number;
  readonly oversold: number;
  readonly adrift: number;
  readonly emptied: number;
}

/** A gateway on one core, a thousand sockets that all bargain at once and then accept, for goods that do not suffice. */
export async function crowdFigures(seed: number): Promise<CrowdFigures> {
  const folder = temporary();
  const vendor = join(folder.path, "vendor");
  const home = join(folder.path, "home");
  const goods = stockedVendor(vendor, UNITS).slice(0, SHELVES);
  const gateway = await startGateway({ PARLEY_HOME: home, PARLEY_VENDOR: vendor });
  try {
    const cores = pinned(gateway.process.pid ?? 0);
    const tally: Tally = { turns: 0, accepted: 0, refused: new Map(), times: [] };
    const dice = seeded(seed);
    const buyers = await Promise.all(
      Array.from({ length: BUYERS }, () => Buyer.open(gateway.ws, goods, dice, tally)),
    );
    const concurrent = buyers.filter((buyer) => buyer.open).length;
    const began = performance.now();
    await Promise.all(buyers.map((buyer) => buyer.work()));
    const seconds = (performance.now() - began) / 1_000;
    const open_at_end = buyers.filter((buyer) => buyer.open).length;
    for (const buyer of buyers) buyer.close();
    await gateway.stop();
    return {
      ...{ concurrent, open_at_end, cores, turns: tally.turns },
      turns_per_s: Math.round(tally.turns / seconds),
      p50_ms: rounded(percentile(tally.times, 50), 1),
      p99_ms: rounded(percentile(tally.times, 99), 1),
      accepted: tally.accepted,
      refused: Object.fromEntries([...tally.refused].sort()),
      ...counted(join(home, "parley.db"), new Set(goods.map(({ sku }) => sku))),
    };
  } finally {
    await gateway.kill();
    folder.remove();
  }
}

export function crowdFailures(figures: CrowdFigures): string[] {
  const { concurrent, open_at_end, cores, accepted, sold, oversold, adrift, emptied } = figures;
  if (cores === null)
    process.stdout.write("taskset is not there: the gateway had every core of this machine\n");
  return [
    ...(oversold === 0 ? [] : [`${oversold} units were sold that were not there`]),
    ...(adrift === 0 ? [] : [`${adrift} shelves do not add up`]),
    ...(concurrent === BUYERS ? [] : [`${concurrent} sessions were open at once, not ${BUYERS}`]),
    ...(open_at_end === BUYERS ? [] : [`${BUYERS - open_at_end} sessions were lost on the way`]),
    ...(cores === null || cores === 1 ? [] : [`the gateway had ${cores} cores`]),
    ...(accepted === sold ? [] : [`${accepted} buyers were told of an order, ${sold} units were ordered`]),
    ...(emptied > 0 ? [] : ["no shelf was emptied, so nothing was scarce"]),
  ];
}

/** Every thread of a process on the first core; those it begins later inherit that. */
function pinned(pid: number): number | null {
  if (spawnSync("taskset", ["-a", "-c", "-p", "0", String(pid)]).status !== 0) return null;
  const lists = readdirSync(`/proc/${pid}/task`).map(
    (thread) =>
      /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync(`/proc/${pid}/task/${thread}/status`, "utf8"))?.[1],
  );
  return new Set(lists).size === 1 && lists[0] === "0" ? 1 : new Set(lists).size + 1;
}

/** The oracle: SQL over what the gateway left on disk, and nothing of its code. */
function counted(path: string, goods: ReadonlySet<string>) {
  const db = new DatabaseSync(path, { readOnly: true });
  const sold = db
    .prepare(
      `SELECT json_extract(l.value, '$.sku') AS sku, sum(json_extract(l.value, '$.quantity')) AS units
       FROM intent, json_each(intent.payload, '$.lines') l GROUP BY 1`,
    )
    .all();
  const left = new Map(
    db
      .prepare("SELECT sku, on_hand FROM stock")
      .all()
      .map(({ sku, on_hand }) => [String(sku), Number(on_hand)]),
  );
  db.close();
  const gone = new Map(sold.map(({ sku, units }) => [String(sku), Number(units)]));
  const count = { sold: 0, oversold: 0, adrift: 0, emptied: 0 };
  for (const [sku, rest] of left) {
    const units = gone.get(sku) ?? 0;
    count.sold += units;
    count.oversold += Math.max(0, units - UNITS);
    if (rest < 0 || rest + units !== UNITS) count.adrift += 1;
    if (goods.has(sku) && rest === 0) count.emptied += 1;
  }
  return count;
}

interface Tally {
  turns: number;
  accepted: number;
  readonly refused: Map<string, number>;
  readonly times: number[];
}

/** One socket: bargains for a unit of something, now and then says yes in words first, and takes what it is offered. */
class Buyer {
  readonly #socket: WebSocket;
  readonly #good: Good;
  readonly #talks: boolean;
  readonly #tally: Tally;
  #hear: (frame: ServerFrame) => void = () => {};
  #sent = 0;

  private constructor(socket: WebSocket, good: Good, talks: boolean, tally: Tally) {
    this.#socket = socket;
    this.#good = good;
    this.#talks = talks;
    this.#tally = tally;
    socket.on("message", (data) => this.#hear(frameIn(data)));
  }

  static async open(url: string, goods: readonly Good[], dice: () => number, tally: Tally): Promise<Buyer> {
    const good = goods[Math.floor(dice() * goods.length)] ?? { sku: "", price: 0 };
    const talks = dice() < 0.3;
    const socket = await dialled(url);
    const buyer = new Buyer(socket, good, talks, tally);
    const welcomed = new Promise<void>((done) => {
      buyer.#hear = (frame) => frame.type === "welcome" && done();
    });
    socket.send(JSON.stringify({ type: "hello", lang: "en", channel: "agent", currency: "USD" }));
    await welcomed;
    return buyer;
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.#socket.terminate();
  }

  async work(): Promise<void> {
    let offer: Offer | undefined;
    const { sku, price } = this.#good;
    for (let round = 0; round < ROUNDS; round++) {
      const unit_price = Math.floor((price * (80 + 4 * round)) / 100);
      const lines = [{ item: { sku }, quantity: 1, unit_price }];
      const reply = await this.#say({ act: { act: "propose", lines } });
      offer = reply?.offers[0] ?? offer;
    }
    if (!offer) return;
    if (this.#talks) await this.#say({ text: "ok, I'll take it" });
    const { id, hash } = offer;
    const reply = await this.#say({ act: { act: "accept", offer: id, hash, details: DETAILS } });
    if (reply?.act === "accepted") this.#tally.accepted += 1;
  }

  /** The move of the reply, or null when the message was refused. */
  #say(message: object) {
    this.#sent += 1;
    const id = `m${this.#sent}`;
    const began = performance.now();
    return new Promise<{ act: string; offers: readonly Offer[] } | null>((done, failed) => {
      this.#socket.once("close", () => failed(new Error("a session was closed")));
      this.#hear = (frame) => {
        const reply = frame.type === "event" && frame.event.kind === "reply" ? frame.event.move : null;
        const refused = frame.type === "fault" && frame.id === id;
        if (!reply && !refused) return;
        this.#tally.turns += 1;
        this.#tally.times.push(performance.now() - began);
        if (refused) this.#tally.refused.set(frame.code, (this.#tally.refused.get(frame.code) ?? 0) + 1);
        done(reply);
      };
      this.#socket.send(JSON.stringify({ type: "say", id, ...message }));
    });
  }
}

import { decideApproval } from "../../src/session/orders.ts";
import { FaultyBus } from "./bus.ts";
import { Crowd } from "./buyers.ts";
import { Chance } from "./chance.ts";
import { asked } from "./insist.ts";
import { Network } from "./network.ts";
import { type Node, startNode, type World } from "./node.ts";
import { Oracle } from "./oracle.ts";
import type { Plant } from "./plants.ts";
import { Receiver } from "./receiver.ts";
import type { Shop } from "./shop.ts";
import { FaultyStore } from "./store.ts";
import { type Counts, Trace } from "./trace.ts";
import { enterVirtual, type Virtual } from "./virtual.ts";

export interface Played {
  /** Of the whole trace: two runs of one seed have the same. */
  readonly digest: string;
  readonly steps: number;
  readonly counts: Counts;
  readonly violations: Trace["violations"];
}

/** Most seeds have a few dozen buyers, so that there can be many seeds; every so many one has hundreds. */
export const BUYERS = { usual: 40, many: 200, every: 20 };
export const NODES = ["a", "b", "c"];
/** Milliseconds of simulated time: faults, then until everybody must have been answered. */
const FAULTS_MS = 25_000;
const ANSWERED_MS = 300_000;
/** Orders that nobody answers end within an hour, deliveries that failed twice are tried again within ten minutes. */
const JUMPS = 9;
const JUMP_MS = 600_000;
const BETWEEN_MS = 20_000;

/** One run of one seed from beginning to end, or to the first violation. */
export async function played(
  shop: Shop,
  seed: number,
  { plant, print = null }: { readonly plant?: Plant; readonly print?: ((line: string) => void) | null } = {},
): Promise<Played> {
  const { db, store, search } = shop.fresh();
  const undo = plant?.begin?.(db);
  const virtual = enterVirtual(seed);
  const trace = new Trace(virtual.now, print);
  try {
    const oracle = new Oracle(db, shop, trace);
    const chance = (part: string) => new Chance(part, seed);
    const durable = plant?.under?.(store, db) ?? store;
    const faulty = new FaultyStore(durable, chance("store"), trace, oracle.wrote);
    const bus = new FaultyBus(chance("bus"), trace);
    const nodes: Node[] = [];
    const up = () => nodes;
    const receiver = new Receiver(chance("receiver"), trace, oracle, up);
    const world: World = {
      ...{ shop, store: faulty, search, bus, sink: receiver, trace, chance: chance("look-ups") },
      models: seed % 2 === 0 ? chance("model") : null,
      through: plant?.through ?? ((same) => same),
    };
    const network = new Network(chance("network"), trace, oracle, up);
    const crowd = new Crowd(trace, network);
    nodes.push(...NODES.map((name) => startNode(name, world)));
    const buyers = seed % BUYERS.every === 0 ? BUYERS.many : BUYERS.usual;
    trace.count("buyers", buyers);
    for (let n = 0; n < buyers; n++) crowd.comes(`buyer-${n}`, new Chance(`buyer ${n}`, seed), shop.scarce);
    const parts = { virtual, trace, world, network, crowd, nodes, oracle, receiver, seed };
    await run(parts);
  } finally {
    virtual.leave();
    undo?.();
    db.close();
  }
  const { counts, violations, step: steps } = trace;
  return { digest: trace.digest(), steps, counts, violations };
}

interface Parts {
  readonly virtual: Virtual;
  readonly trace: Trace;
  readonly world: World;
  readonly network: Network;
  readonly crowd: Crowd;
  readonly nodes: Node[];
  readonly oracle: Oracle;
  readonly receiver: Receiver;
  readonly seed: number;
}

async function run(parts: Parts): Promise<void> {
  const { virtual, trace, world, network, crowd, nodes, oracle, receiver } = parts;
  const faults = fail(parts);
  const staff = decide(parts);
  if (!(await until(parts, () => virtual.now() >= FAULTS_MS))) return;
  faults();
  for (const part of [world.store, world.bus, network, receiver]) part.calm = true;
  trace.note("nothing fails from here on");
  const silent = () => crowd.talking === 0;
  if (!(await until(parts, () => silent() || virtual.now() >= ANSWERED_MS))) return;
  for (const [who, what] of crowd.waiting) trace.violated(`${who} still waits for an answer to ${what}`);
  if (!silent() && crowd.waiting.size === 0) trace.violated(`${crowd.talking} talks go on for ever`);
  staff();
  crowd.leave();
  for (let n = 0; n < JUMPS; n++) {
    virtual.jump(JUMP_MS);
    const next = virtual.now() + BETWEEN_MS;
    if (!(await until(parts, () => virtual.now() >= next))) return;
  }
  oracle.ended();
  for (const node of nodes) node.kill();
}

/** Steps until it is so; false at the first violation. */
async function until({ virtual, trace }: Parts, so: () => boolean): Promise<boolean> {
  while (!so()) {
    trace.step += 1;
    if (!(await virtual.step())) trace.violated("nothing is left to happen");
    if (trace.violations.length > 0) return false;
  }
  return true;
}

/** Nodes die and come back, the store goes away, connections end, until what this gives is called. */
function fail({ nodes, world, network, oracle, trace, seed }: Parts): () => void {
  const chance = new Chance("faults", seed);
  let over = false;
  const often = (from: number, to: number, happen: () => void) => {
    const next = () =>
      setTimeout(
        () => {
          if (over) return;
          happen();
          next();
        },
        chance.between(from, to),
      );
    next();
  };
  often(1_500, 6_000, () => {
    const node = chance.one(nodes);
    if (nodes.length < 2) return;
    trace.count("node_crashes");
    trace.note(`${node.life.node} dies`);
    nodes.splice(nodes.indexOf(node), 1);
    node.kill();
    network.lost(node);
    setTimeout(
      () => {
        trace.note(`${node.life.node} is back`);
        nodes.push(startNode(node.life.node, world));
      },
      chance.between(200, 3_000),
    );
  });
  often(4_000, 14_000, () => {
    world.store.crash(chance.between(50, 900));
    oracle.survived();
  });
  often(50, 400, () => network.cutOne());
  return () => {
    over = true;
  };
}

/** Staff decide most of what waits for them, sometimes two of them at once and not alike. */
function decide({ nodes, trace, seed }: Parts): () => void {
  const chance = new Chance("staff", seed);
  const decided = new Set<string>();
  let over = false;
  const round = async () => {
    if (over || nodes.length === 0) return;
    const waiting = await chance.one(nodes).gateway.house.store.awaiting(null, 50);
    for (const { id } of waiting) {
      if (decided.has(id)) continue;
      decided.add(id);
      if (chance.happens(0.2)) continue;
      for (let n = chance.happens(0.3) ? 2 : 1; n > 0; n--) {
        const verdict = chance.happens(0.75) ? "approve" : "decline";
        const by = (gateway: Node["gateway"]) => decideApproval(gateway, id, { verdict }, `staff:${n}`);
        void asked(() => nodes, chance, by).then(() => trace.count("approvals_decided"));
      }
    }
  };
  const timer = setInterval(() => void round().catch(() => {}), 1_500);
  return () => {
    over = true;
    clearInterval(timer);
  };
}

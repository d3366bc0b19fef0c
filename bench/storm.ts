import { setTimeout as sleep } from "node:timers/promises";
import { type Nodes, setting, startNodes } from "./nodes.ts";
import { cpuOf } from "./processes.ts";
import { rounded, seeded } from "./statistics.ts";
import { StormClient, Wires } from "./storm-client.ts";
import { logOver } from "./storm-log.ts";
import { resumes } from "./storm-resumes.ts";

const CLIENTS = 1_000;
const SECONDS = 60;
const CUTS = 20;
const SEED = 6;
const SETTLE_MS = 60_000;
const CHECKED_AT_ONCE = 16;
/** Of the published client: full jitter up to 0.25 s times two to the number of failures, and never more than this. */
const BACKOFF_CAP_S = 20;

/**
 * Clients that talk while each of their connections is cut twenty times, each time coming back to either of two gateways;
 * then, apart, ten resumes a second of 300 missed events. Arguments: how many clients, over how many seconds.
 */
export async function run(args: string[]): Promise<object> {
  const [count = CLIENTS, seconds = SECONDS] = args.map(Number);
  const nodes = await startNodes(1_000_000);
  try {
    const storm = await blow(nodes, count, seconds);
    const resumed = await resumes(nodes.both.map(({ ws }) => ws));
    return {
      ...setting(),
      backoff_cap_s: BACKOFF_CAP_S,
      ...storm.figures,
      ...resumed.figures,
      failures: [...storm.failures, ...resumed.failures],
    };
  } finally {
    await nodes.close();
  }
}

async function blow({ both, goods }: Nodes, count: number, seconds: number) {
  const random = seeded(SEED);
  const wires = new Wires();
  const pick = () => both[random() < 0.5 ? 0 : 1].ws;
  const clients = Array.from({ length: count }, () => new StormClient(pick, wires));
  await Promise.all(clients.map(({ client }) => client.opened));
  const before = both.map((node) => cpuOf(node.process.pid ?? 0));
  const began = performance.now();
  const slot = (seconds * 1_000) / CUTS;
  const act = () => {
    const { sku } = goods[Math.floor(random() * goods.length)] ?? { sku: "" };
    return { act: "propose" as const, lines: [{ item: { sku }, quantity: 1 + Math.floor(random() * 3) }] };
  };
  const talks: Promise<void>[] = [];
  const live = clients.map(async (one) => {
    for (let n = 0; n < CUTS; n++) {
      const [first, second] = [random(), random()].sort() as [number, number];
      const from = began + n * slot;
      await sleep(Math.max(0, from + first * slot - performance.now()));
      talks.push(one.say(act()).catch((error: unknown) => void one.faults.push(String(error))));
      await sleep(Math.max(0, from + second * slot - performance.now()));
      while (!one.cut()) await sleep(20);
    }
  });
  await Promise.all(live);
  const stormed = (performance.now() - began) / 1_000;
  const cpu_s = both.map((node, i) => (cpuOf(node.process.pid ?? 0) - (before[i] ?? 0)) / 1e6);
  process.stdout.write(`${clients.reduce((sum, { cuts }) => sum + cuts, 0)} cuts in ${rounded(stormed)} s\n`);
  await Promise.race([Promise.all(talks), sleep(SETTLE_MS)]);
  const settled = (performance.now() - began) / 1_000 - stormed;
  const logs = await checked(clients, pick);
  for (const { client } of clients) client.close();
  const sum = (of: (client: StormClient) => number) => clients.reduce((all, client) => all + of(client), 0);
  const out_of_order = sum(
    ({ seqs }) => seqs.filter((seq, i) => i > 0 && seq !== (seqs[i - 1] ?? 0) + 1).length,
  );
  const figures = {
    clients: count,
    ...{ cuts: sum(({ cuts }) => cuts), seconds: rounded(stormed), settled_s: rounded(settled) },
    ...{ connections: wires.connections, events: wires.events, messages: talks.length },
    ...{
      answered: sum(({ answered }) => answered),
      gaps: wires.gaps,
      duplicates: wires.duplicates,
      out_of_order,
    },
    ...{ lost: logs.lost, doubled: logs.doubled, resumes_failed: wires.resumes_failed },
    node_cpu_s: cpu_s.map((s) => rounded(s)),
  };
  const faults = clients.flatMap((one) => one.faults);
  const failures = [
    ...(["gaps", "duplicates", "out_of_order", "lost", "doubled", "resumes_failed"] as const).flatMap(
      (name) => (figures[name] > 0 ? [`${figures[name]} ${name}`] : []),
    ),
    ...(figures.answered < figures.messages
      ? [`${figures.messages - figures.answered} messages were never answered`]
      : []),
    ...new Set(faults),
  ];
  return { figures, failures };
}

/** Every log as it stands against what its client was told: messages that were acknowledged stand there, each once. */
async function checked(clients: readonly StormClient[], pick: () => string) {
  let lost = 0;
  let doubled = 0;
  for (let i = 0; i < clients.length; i += CHECKED_AT_ONCE) {
    const group = clients.slice(i, i + CHECKED_AT_ONCE);
    await Promise.all(
      group.map(async ({ client, seqs, said }) => {
        if (!client.credentials) return;
        const log = await logOver(pick(), client.credentials);
        const ids = log.flatMap(({ event }) => (event.kind === "message" ? [event.message.id] : []));
        const there = new Set(ids);
        doubled += ids.length - there.size;
        lost += said.filter((id) => !there.has(id)).length + Math.max(0, (seqs.at(-1) ?? 1) - log.length);
        lost += log.length - (seqs.at(-1) ?? 1);
      }),
    );
  }
  return { lost, doubled };
}

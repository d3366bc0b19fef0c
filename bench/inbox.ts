import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Served, staffToken, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { cpuOf } from "./processes.ts";
import { median, percentile, rounded } from "./statistics.ts";

const OPEN = 2_000;
const AT_ONCE = 24;
const TURNS = 200;
const WATCHING = [0, 1, 20];

/**
 * What the staff's inbox costs with so many conversations open: its first page and the live stream's first rows, and what a
 * turn costs the gateway while nobody, somebody and many watch. One buyer after another talks, over HTTP.
 */
export async function run([open = String(OPEN)]: string[]): Promise<object> {
  const folder = temporary();
  const home = join(folder.path, "home");
  const goods = stockedVendor(join(folder.path, "vendor"));
  const gateway = await startGateway({
    PARLEY_HOME: home,
    PARLEY_VENDOR: join(folder.path, "vendor"),
    PARLEY_MESSAGES_PER_MINUTE: "10000000",
  });
  try {
    const desk = deskAt(gateway, staffToken(home));
    const sku = goods[0]?.sku ?? "";
    const buyers: Buyer[] = [];
    const opening = async () => {
      while (buyers.length < Number(open)) {
        const buyer = await desk.opens();
        buyers.push(buyer);
        await desk.says(buyer, sku);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, opening));
    const first = await timed(() => desk.page());
    const again = await timed(() => desk.page());
    const watched: Watched[] = [];
    for (const watching of WATCHING) watched.push(await desk.turns(buyers, sku, watching));
    const [alone, ...rest] = watched;
    const figures = {
      conversations: buyers.length,
      first_page_ms: rounded(first.ms),
      next_page_ms: rounded(again.ms),
      page_kb: rounded(first.bytes / 1024),
      live_kb: rounded((rest[0]?.first_bytes ?? 0) / 1024),
      turn: watched.map(({ watching, ms, p95_ms, cpu_ms, bytes }) => ({
        ...{ watching, ms: rounded(ms, 2), p95_ms: rounded(p95_ms, 2), cpu_ms: rounded(cpu_ms, 2) },
        bytes_each: Math.round(bytes),
      })),
      cpu_ms_more: rest.map(({ cpu_ms }) => rounded(cpu_ms - (alone?.cpu_ms ?? 0), 2)),
    };
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    return figures;
  } finally {
    await gateway.stop();
    folder.remove();
  }
}

interface Buyer {
  readonly session: string;
  readonly secret: string;
}

interface Watched {
  readonly watching: number;
  readonly ms: number;
  readonly p95_ms: number;
  /** Of the gateway, a turn. */
  readonly cpu_ms: number;
  /** That each who watches was sent for a turn. */
  readonly bytes: number;
  readonly first_bytes: number;
}

function deskAt({ ws, process: child }: Served, token: string) {
  const base = new URL(ws.replace(/^ws/, "http")).origin;
  const staff = { authorization: `Bearer ${token}` };
  let made = 0;
  const post = async (path: string, body: object, headers: Readonly<Record<string, string>>) => {
    made += 1;
    const response = await fetch(`${base}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": `key-of-inbox-bench-${made}`,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const says = ({ session, secret }: Buyer, sku: string) =>
    post(
      `/v1/sessions/${session}/messages`,
      { act: { act: "propose", lines: [{ item: { sku }, quantity: 2 }] } },
      { authorization: `Bearer ${secret}` },
    );
  return {
    says,
    opens: async () =>
      (await post(
        "/v1/sessions",
        { lang: "en", channel: "chat", kind: "person", currency: "USD" },
        {},
      )) as Buyer,
    page: async () =>
      (await (await fetch(`${base}/v1/staff/inbox?limit=100`, { headers: staff })).arrayBuffer()).byteLength,
    turns: async (buyers: readonly Buyer[], sku: string, watching: number): Promise<Watched> => {
      const streams = await Promise.all(
        Array.from({ length: watching }, () => watch(`${base}/v1/staff/inbox/live`, staff)),
      );
      await sleep(1_500);
      const first_bytes = streams[0]?.read() ?? 0;
      const before = streams.map(({ read }) => read());
      const cpu = cpuOf(child.pid ?? 0);
      const took: number[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        const buyer = buyers[(turn * 7_919) % buyers.length] as Buyer;
        const began = performance.now();
        await says(buyer, sku);
        took.push(performance.now() - began);
      }
      await sleep(500);
      const spent = cpuOf(child.pid ?? 0) - cpu;
      const sent = streams.map(({ read }, i) => read() - (before[i] ?? 0));
      for (const stream of streams) stream.close();
      return {
        ...{ watching, ms: median(took), p95_ms: percentile(took, 95), first_bytes },
        cpu_ms: spent / 1_000 / TURNS,
        bytes: sent.length === 0 ? 0 : sent.reduce((sum, one) => sum + one, 0) / sent.length / TURNS,
      };
    },
  };
}

/** Reads a stream without looking at it. */
async function watch(url: string, headers: Readonly<Record<string, string>>) {
  const leave = new AbortController();
  const { body } = await fetch(url, { headers, signal: leave.signal });
  let bytes = 0;
  const reading = async () => {
    for await (const chunk of body ?? []) bytes += (chunk as Uint8Array).byteLength;
  };
  void reading().catch(() => {});
  return { read: () => bytes, close: () => leave.abort() };
}

async function timed(work: () => Promise<number>): Promise<{ ms: number; bytes: number }> {
  const began = performance.now();
  const bytes = await work();
  return { ms: performance.now() - began, bytes };
}

import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger } from "./abuse-ledger.ts";
import { Attacker, offer, taken } from "./abuse-wire.ts";
import { type Served, startGateway, stockedVendor } from "./gateway.ts";

const NAMES = resolve(import.meta.dirname, "abuse-names.ts");
/** The second attempt comes after some five seconds. */
const WITHIN_MS = 20_000;

/** A name whose server means ill: what it resolves to, first and later, and what the vendor allows besides. */
interface Hostile {
  readonly tried: string;
  readonly resolves: readonly (readonly string[])[];
  readonly allow?: string;
  /** To what connections may be begun; none unless said. */
  readonly connects?: string;
}

const HOSTILE: readonly Hostile[] = [
  { tried: "the loopback", resolves: [["127.0.0.1"]] },
  { tried: "the loopback of IPv6", resolves: [["::1"]] },
  { tried: "the loopback inside IPv6", resolves: [["::ffff:127.0.0.1"]] },
  { tried: "the loopback by NAT64", resolves: [["64:ff9b::7f00:1"]] },
  { tried: "a private network", resolves: [["10.1.2.3"]] },
  { tried: "a cloud's metadata", resolves: [["169.254.169.254"]] },
  { tried: "metadata where all is allowed", resolves: [["169.254.169.254"]], allow: "0.0.0.0/0,::/0" },
  { tried: "an allowed and a private one", resolves: [["127.0.0.1", "10.1.2.3"]], allow: "127.0.0.1" },
  {
    ...{ tried: "an allowed one, and a private one the next time", allow: "127.0.0.1" },
    ...{ resolves: [["127.0.0.1"], ["10.1.2.3"]], connects: "127.0.0.1" },
  },
];

/** Addresses as a URL may write them. */
const WRITTEN = [
  "127.0.0.1",
  "2130706433",
  "0x7f.1",
  "0.0.0.0",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "169.254.169.254",
];

/**
 * B6: gateways whose webhook leads inwards. An order is bound at each, and what counts is the connections that are begun:
 * those that the process itself begins, and those that servers behind the loopback see.
 */
export async function inwards(folder: string, ledger: Ledger): Promise<void> {
  const vendor = join(folder, "inwards");
  stockedVendor(vendor);
  const inner = await listening((_, answer) => answer.end());
  const outer = await listening((_, answer) =>
    answer.writeHead(302, { location: inner.url, connection: "close" }).end(),
  );
  const start = (n: number, url: string, more: Record<string, string> = {}) => {
    const env = { PARLEY_HOME: join(folder, `inwards-${n}`), PARLEY_VENDOR: vendor, PARLEY_WEBHOOK_URL: url };
    return startGateway({ ...env, ...more }, ["--import", NAMES]);
  };
  try {
    for (const [n, { tried, resolves, allow, connects = "" }] of HOSTILE.entries())
      await ledger.expect("B6", `a webhook's name that is ${tried}`, `connects to: ${connects}`, async () => {
        const host = `name-${n}.example`;
        const node = await start(n, `http://${host}:${outer.port}/`, {
          ABUSE_NAMES: JSON.stringify({ [host]: resolves }),
          ...(allow ? { PARLEY_WEBHOOK_ALLOW: allow } : {}),
        });
        await ordered(node, new RegExp(`^resolved ${host}$`, "gm"), resolves.length);
        const begun = [...node.output().matchAll(/^connects to (\S+)$/gm)].map(([, address]) => address);
        return `connects to: ${[...new Set(begun)].join(", ")}`;
      });
    // The one above that was allowed to be connected to has answered with a redirect as well.
    await ledger.expect("B6", "a redirect inwards", "followed 0 times", async () => {
      const node = await start(HOSTILE.length, outer.url, { PARLEY_WEBHOOK_ALLOW: "127.0.0.1" });
      const before = outer.seen();
      await ordered(node, /^connects to 127\.0\.0\.1$/gm, 1);
      if (outer.seen() === before) throw new Error("the redirect was never asked for");
      return `followed ${inner.seen()} times`;
    });
    for (const [n, host] of WRITTEN.entries())
      await ledger.expect("B6", `a webhook at ${host}`, "not started", async () => {
        const node = await start(20 + n, `http://${host}:${inner.port}/`).catch((error: unknown) =>
          String(error),
        );
        if (typeof node !== "string") await node.stop();
        return typeof node === "string" && /no public address|no host's|metadata/.test(node)
          ? "not started"
          : "started";
      });
    await ledger.expect("B6", "all of these, as the loopback saw them", "0 connections", async () => {
      return `${inner.seen()} connections`;
    });
  } finally {
    inner.close();
    outer.close();
  }
}

/** Binds an order, waits until its webhook was tried so many times, and ends the gateway. */
async function ordered(node: Served, tried: RegExp, times: number): Promise<void> {
  try {
    const buyer = await Attacker.open(node.ws);
    await buyer.greeted();
    const outcome = await taken(buyer, await offer(buyer, "HS-B1"));
    buyer.close();
    if (outcome !== "accepted") throw new Error(`no order to send: ${outcome}`);
    const count = () => node.output().match(tried)?.length ?? 0;
    for (const ends = Date.now() + WITHIN_MS; count() < times; await sleep(50))
      if (Date.now() > ends) throw new Error(`the webhook was tried ${count()} times, not ${times}`);
    // A connection would be begun in the same moment.
    await sleep(300);
  } finally {
    await node.stop();
  }
}

async function listening(answer: RequestListener) {
  let seen = 0;
  const server = createServer(answer);
  server.on("connection", () => {
    seen += 1;
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/`, seen: () => seen, close: () => server.close() };
}

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accepts, frames, silent, sizes } from "./abuse-frames.ts";
import { authority5, doors, endings, type Shop, signatures, tokens } from "./abuse-identity.ts";
import { Ledger } from "./abuse-ledger.ts";
import { cycles, flood, LOAD, rates, slow } from "./abuse-load.ts";
import { keyPair, publish } from "./abuse-proofs.ts";
import { inwards } from "./abuse-ssrf.ts";
import { type Served, staffToken, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { rounded } from "./statistics.ts";

const CYCLES = 2_000;
const API_KEY = "key-of-acme-0123456789";

/** What of the list needs a hostile model or reads source text, and where that is tried. */
const ELSEWHERE = {
  C1: "bench hostile",
  C2: "test/asking/laws.test.ts",
  C3: "bench hostile, bench words",
  C8: "test/asking",
};

/**
 * Tries what somebody who means ill would, against gateways in processes of their own: signatures, tokens, tickets,
 * mandates and accepts that are not what they say, frames that are none, silence, slowness, floods. Proofs are made by hand
 * and outcomes are those of PROTOCOL.md: nothing here shares code with what is tried. Argument: how many connections come
 * and go.
 */
export async function run(args: string[]): Promise<object> {
  const [times = CYCLES] = args.map(Number);
  const began = performance.now();
  const ledger = new Ledger();
  const folder = temporary();
  const logs: string[] = [];
  try {
    // Most of both is waiting for what has to end by itself; what is measured comes when the first is over.
    const [asking, plain] = await Promise.all([
      identified(folder.path, ledger),
      open(folder.path, times, ledger),
      inwards(folder.path, ledger),
    ]);
    logs.push(...asking, ...plain);
  } finally {
    folder.remove();
  }
  await ledger.judge("E2", "tokens, tickets, mandates and keys in the logs", "0", async () => {
    const found = [API_KEY, ...ledger.secrets].filter((secret) => logs.some((log) => log.includes(secret)));
    return { got: String(found.length), held: found.length === 0 };
  });
  const failures = ledger.all.filter(({ held }) => !held);
  return {
    tried: ledger.all.length,
    failed: failures.length,
    items: Object.fromEntries(
      [...new Set(ledger.all.map(({ item }) => item))]
        .sort()
        .map((item) => [item, ledger.all.filter((one) => one.item === item).length]),
    ),
    elsewhere: ELSEWHERE,
    outcomes: ledger.all.map(({ item, tried, got }) => `${item} ${tried}: ${got}`),
    seconds: rounded((performance.now() - began) / 1_000),
    failures: failures.map(
      ({ item, tried, expected, got }) => `${item} ${tried}: ${expected} expected, ${got}`,
    ),
  };
}

/** A vendor that asks who is there, on two nodes over one store. */
async function identified(folder: string, ledger: Ledger): Promise<string[]> {
  const [login, bot, bank, holder, strange] = [
    ...[keyPair("ES256"), keyPair("EdDSA"), keyPair("ES256"), keyPair("ES256"), keyPair("EdDSA")],
  ] as const;
  const keys = { login, bot, bank, holder, strange } as Shop["keys"];
  const [provider, agent] = await Promise.all([publish(keys.login, keys.bank), publish(keys.bot)]);
  const vendor = join(folder, "asking");
  stockedVendor(vendor);
  allow(vendor, ["  anonymous: { may: negotiate }", "  api_key: { may: order }"]);
  const env = {
    ...{ PARLEY_HOME: join(folder, "home"), PARLEY_VENDOR: vendor, PARLEY_LOG_LEVEL: "debug" },
    ...{ PARLEY_API_KEYS: `acme=${API_KEY}`, PARLEY_SIGNED_AGENTS: agent.origin },
    ...{ PARLEY_OIDC_ISSUER: "https://login.example", PARLEY_OIDC_AUDIENCE: "shop" },
    ...{ PARLEY_OIDC_JWKS: `${provider.origin}/jwks`, PARLEY_MANDATE_JWKS: `${provider.origin}/jwks` },
    PARLEY_MANDATE_ISSUERS: "https://bank.example",
  };
  const logs: string[] = [];
  let node = await startGateway(env);
  const second = await startGateway(env);
  const end = async (one: Served) => {
    logs.push(one.output());
    await one.stop();
  };
  const shop: Shop = {
    get ws() {
      return node.ws;
    },
    get url() {
      return node.ws.replace(/^ws/, "http").replace("/v1/ws", "");
    },
    ...{ other: second.ws, agent: agent.origin, keys, apiKey: API_KEY, staff: staffToken(env.PARLEY_HOME) },
    restart: async () => {
      await end(node);
      node = await startGateway(env);
    },
  };
  try {
    await signatures(shop, ledger);
    await tokens(shop, ledger);
    await authority5(shop, ledger);
    await Promise.all([doors(shop, ledger), endings(shop, ledger)]);
  } finally {
    await Promise.all([end(node), end(second)]);
    provider.close();
    agent.close();
  }
  return logs;
}

/** A vendor as a newcomer has it, but for limits low enough to be met, behind a proxy that says who comes. */
async function open(folder: string, times: number, ledger: Ledger): Promise<string[]> {
  const vendor = join(folder, "open");
  stockedVendor(vendor);
  const plain = await startGateway({ PARLEY_HOME: join(folder, "plain"), PARLEY_VENDOR: vendor });
  const logs: string[] = [];
  const pidOf = ({ process: { pid } }: Served) => pid ?? 0;
  try {
    const url = plain.ws.replace(/^ws/, "http").replace("/v1/ws", "");
    const waiting = silent(plain.ws, ledger);
    await frames(plain.ws, ledger);
    await sizes(plain.ws, pidOf(plain), ledger);
    await accepts(plain.ws, url, ledger);
    await slowly(folder, vendor, ledger);
    await waiting;
    await cycles(plain.ws, pidOf(plain), times, ledger);
  } finally {
    logs.push(plain.output());
    await plain.stop();
  }
  allow(vendor, [`  api_key: { may: order, messages_per_minute: ${LOAD.principal} }`]);
  const limited = await startGateway({
    ...{ PARLEY_HOME: join(folder, "limited"), PARLEY_VENDOR: vendor, PARLEY_TRUSTED_PROXIES: "127.0.0.1" },
    ...{ PARLEY_API_KEYS: `acme=${API_KEY}`, PARLEY_MESSAGES_PER_MINUTE: String(LOAD.connection) },
    PARLEY_ADDRESS_MESSAGES_PER_MINUTE: String(LOAD.address),
    PARLEY_ADDRESS_CONNECTIONS: String(LOAD.connections),
  });
  try {
    await rates(limited.ws, API_KEY, ledger);
    await flood(limited.ws, ledger);
  } finally {
    logs.push(limited.output());
    await limited.stop();
  }
  return logs;
}

/** Readers that do not read, where no limit ends them for something else. */
async function slowly(folder: string, vendor: string, ledger: Ledger): Promise<void> {
  const fast = { PARLEY_HOME: join(folder, "fast"), PARLEY_MESSAGES_PER_MINUTE: "10000000" };
  const reading = await startGateway({ ...fast, PARLEY_VENDOR: vendor });
  try {
    await slow(reading.ws, reading.process.pid ?? 0, ledger);
  } finally {
    await reading.stop();
  }
}

function allow(vendor: string, tiers: readonly string[]): void {
  const file = join(vendor, "vendor.yaml");
  writeFileSync(file, `${readFileSync(file, "utf8")}\naccess:\n${tiers.join("\n")}\n`);
}

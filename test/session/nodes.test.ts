import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NATS, natsIsThere } from "../adapters/nats/server.ts";
import { isThere, postgresDatabase } from "../adapters/postgres/knowledge.ts";
import { startGateway } from "../harness.ts";
import { nodesSuite } from "./nodes-suite.ts";
import type { Nodes } from "./two-nodes.ts";

/** Two processes on one home, which is one SQLite file. */
async function onOneHome(env: Readonly<Record<string, string>> = {}): Promise<Nodes> {
  const home = mkdtempSync(join(tmpdir(), "parley-nodes-"));
  const all = {
    PARLEY_HOME: home,
    PARLEY_MESSAGES_PER_MINUTE: "600000",
    PARLEY_DRAIN_SPREAD_MS: "200",
    ...env,
  };
  return {
    start: (more) => startGateway({ ...all, ...more }),
    remove: async () => rmSync(home, { recursive: true, force: true }),
  };
}

nodesSuite("on one SQLite file, without a bus,", () => onOneHome());

/** Two processes over a database of PostgreSQL, with the same keys and secrets. */
async function onPostgres(env: Readonly<Record<string, string>> = {}): Promise<Nodes> {
  const { url, drop } = await postgresDatabase();
  const { start, remove } = await onOneHome({ PARLEY_STORE: url, ...env });
  return { start, remove: () => remove().then(drop) };
}

if ((await isThere()) && (await natsIsThere()))
  nodesSuite("on PostgreSQL, with NATS,", () => onPostgres({ PARLEY_BUS: NATS }));

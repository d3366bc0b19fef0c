import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, it } from "vitest";
import { NATS, natsIsThere } from "../adapters/nats/server.ts";
import { type RunningGateway, startGateway } from "../harness.ts";

const demo = resolve(import.meta.dirname, "../../fixtures/vendors/demo");
const folder = mkdtempSync(join(tmpdir(), "parley-reload-"));
const file = join(folder, "vendor", "vendor.yaml");

let nodes: RunningGateway[] = [];
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  rmSync(folder, { recursive: true, force: true });
  nodes = [];
});

const minutes = async ({ url }: RunningGateway) => {
  const page = (await (await fetch(`${url}/.well-known/parley.json`)).json()) as {
    offers: { minutes: number };
  };
  return page.offers.minutes;
};

it.runIf(await natsIsThere())(
  "SIGHUP has the vendor's files read again, on every node of the bus, and a mistake leaves the last good ones",
  async () => {
    cpSync(demo, join(folder, "vendor"), { recursive: true });
    const env = {
      PARLEY_HOME: join(folder, "home"),
      PARLEY_VENDOR: join(folder, "vendor"),
      PARLEY_BUS: NATS,
      PARLEY_LOG_LEVEL: "info",
    };
    nodes = [await startGateway(env), await startGateway(env)];
    const [one, other] = nodes as [RunningGateway, RunningGateway];
    for (const node of nodes) await expect.poll(() => node.output()).toContain("the bus is there");
    const before = await minutes(other);
    const text = readFileSync(file, "utf8");
    const state = (n: number) => text.replace(/offer_minutes: \d+/, `offer_minutes: ${n}`);

    writeFileSync(file, state(before + 7));
    one.process.kill("SIGHUP");
    await expect.poll(() => minutes(one)).toBe(before + 7);
    await expect.poll(() => minutes(other)).toBe(before + 7);

    writeFileSync(file, state(-1));
    one.process.kill("SIGHUP");
    for (const node of nodes)
      await expect.poll(() => node.output()).toContain("the last good ones stay in force");
    expect(await Promise.all(nodes.map(minutes))).toEqual([before + 7, before + 7]);
  },
);

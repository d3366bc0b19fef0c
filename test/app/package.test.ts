import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Peer, startGateway } from "../harness.ts";
import { bought, tokensOf } from "../session/buying.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "parley-package-"));
const installed = join(folder, "node_modules/parley-gateway");

/** The package as npm would lay it out: what `files` names, compiled, beside its dependencies and nothing else. */
beforeAll(() => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  mkdirSync(installed, { recursive: true });
  execFileSync(process.execPath, [join(ROOT, "build.ts"), join(installed, "dist")]);
  cpSync(join(ROOT, "package.json"), join(installed, "package.json"));
  cpSync(join(ROOT, "fixtures/vendors"), join(installed, "fixtures/vendors"), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    // What makes the pages is not there either: the package has them made.
    if (name === ".bin" || name === "parley-gateway" || name === "rolldown") continue;
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  expect(Object.keys(dependencies).length).toBeGreaterThan(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the installed package", () => {
  test("runs the gateway with the demo vendor, from compiled files alone", async () => {
    const env = { ...process.env, PARLEY_PORT: "0", PARLEY_HOME: join(folder, "home") };
    const gateway = spawn(process.execPath, [join(installed, "dist/app/main.js")], { cwd: folder, env });
    let written = "";
    const url = await new Promise<string>((found, failed) => {
      const read = (chunk: Buffer) => {
        written += chunk;
        const match = /http:\/\/[\d.:]+\/readyz/.exec(written);
        if (match) found(match[0].replace("/readyz", ""));
      };
      gateway.stdout.on("data", read);
      gateway.stderr.on("data", read);
      gateway.once("exit", (code) => failed(new Error(`ended with ${code}: ${written}`)));
    });
    const ready = (await (await fetch(`${url}/readyz`)).json()) as object;
    const profile = (await (await fetch(`${url}/.well-known/parley.json`)).json()) as {
      vendor: { id: string };
    };
    const shop = await (await fetch(url)).text();
    const widget = /src="(\/widget\/[^"]+)"/.exec(shop)?.[1] ?? "";
    const script = await (await fetch(url + widget)).text();
    gateway.removeAllListeners("exit");
    const ended = new Promise((done) => gateway.once("exit", done));
    gateway.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(ready).toMatchObject({ ready: true });
    expect(profile.vendor.id).toBe("maru-lantern");
    expect(written).toContain("npx parley buyer");
    expect(script).toContain("parley-chat");
    expect(readFileSync(join(installed, "dist/web/parley-chat.js"), "utf8")).toBe(script);
  });

  test("gives the typed client and what verifies, by the names it exports", async () => {
    const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
      exports: Record<string, { types: string; default: string }>;
    };
    for (const { types, default: entry } of Object.values(exports)) {
      expect(readFileSync(join(installed, types), "utf8").length).toBeGreaterThan(0);
      // The chat element is for browsers alone.
      if (entry.includes("/web/")) continue;
      expect(Object.keys(await import(pathToFileURL(join(installed, entry)).href)).length).toBeGreaterThan(0);
    }
    expect(Object.keys(exports)).toContain("./client");
  });

  test("receives orders by the README's example, as it stands there, and turns others away", async () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const [, example] = /as `receive\.mjs`:\n\n```js\n([\s\S]*?)```/.exec(readme) ?? [];
    const port = await freePort();
    const at = `http://127.0.0.1:${port}/`;
    const gateway = await startGateway({ PARLEY_WEBHOOK_URL: at, PARLEY_WEBHOOK_ALLOW: "127.0.0.1" });
    const script = join(folder, "receive.mjs");
    const here = example?.replace("http://127.0.0.1:8787", gateway.url).replace("3000", String(port)) ?? "";
    writeFileSync(script, here);
    const env = { ...process.env, WEBHOOK_SECRET: tokensOf(gateway).webhook };
    const receiver = spawn(process.execPath, [script], { cwd: folder, env });
    let written = "";
    for (const stream of [receiver.stdout, receiver.stderr]) stream.on("data", (chunk) => (written += chunk));
    await expect
      .poll(() =>
        fetch(at, { method: "POST" }).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(400);
    const peer = await Peer.open(gateway.ws);
    const { id, total } = await bought(peer, "SL-14");
    await expect.poll(() => written).toBe(`${id} ${total} Ada Kim\n`);
    peer.close();
    await expect
      .poll(async () => await (await fetch(`${gateway.url}/metrics`)).text())
      .toContain('parley_deliveries_total{sink="receiver",outcome="delivered"} 1');
    receiver.kill();
    await gateway.stop();
    gateway.remove();
  });
});

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

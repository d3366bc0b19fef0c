import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "parley-package-"));
const installed = join(folder, "node_modules/parley-gateway");

/** The package as npm would lay it out: what `files` names, compiled, beside its dependencies and nothing else. */
beforeAll(() => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  mkdirSync(installed, { recursive: true });
  execFileSync(process.execPath, [
    join(ROOT, "node_modules/typescript/bin/tsc"),
    ...["-p", join(ROOT, "tsconfig.build.json"), "--outDir", join(installed, "dist")],
  ]);
  cpSync(join(ROOT, "package.json"), join(installed, "package.json"));
  cpSync(join(ROOT, "fixtures/vendors"), join(installed, "fixtures/vendors"), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name === ".bin" || name === "parley-gateway") continue;
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  expect(Object.keys(dependencies).length).toBeGreaterThan(0);
}, 60_000);
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
    gateway.removeAllListeners("exit");
    const ended = new Promise((done) => gateway.once("exit", done));
    gateway.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(ready).toMatchObject({ ready: true });
    expect(profile.vendor.id).toBe("maru-lantern");
    expect(written).toContain("npx parley buyer");
  });

  test("gives the typed client and what verifies, by the names it exports", async () => {
    const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
      exports: Record<string, { types: string; default: string }>;
    };
    for (const { types, default: entry } of Object.values(exports)) {
      expect(readFileSync(join(installed, types), "utf8").length).toBeGreaterThan(0);
      expect(Object.keys(await import(pathToFileURL(join(installed, entry)).href)).length).toBeGreaterThan(0);
    }
    expect(Object.keys(exports)).toContain("./client");
  });
});

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { makeFolder } from "../../src/app/folder.ts";

const main = resolve(import.meta.dirname, "../../src/app/main.ts");
const demo = resolve(import.meta.dirname, "../../fixtures/vendors/demo");

const place = mkdtempSync(join(tmpdir(), "parley-start-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** What a start that cannot succeed says; one that hangs is killed and has no exit code. */
function start(settings: Readonly<Record<string, string>>) {
  const { status, stderr } = spawnSync(process.execPath, [main, "start"], {
    env: { ...process.env, PARLEY_HOME: join(place, "home"), PARLEY_PORT: "0", ...settings },
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  return { status, stderr };
}

const refusal = (sentence: RegExp) => ({ status: 1, stderr: expect.stringMatching(sentence) });

describe("a start that cannot succeed ends with exit code 1 and one sentence", () => {
  test("when the port is taken", async () => {
    const other = createServer();
    const port = await new Promise<number>((found) =>
      other.listen(0, "127.0.0.1", () => {
        const address = other.address();
        found(typeof address === "object" && address !== null ? address.port : 0);
      }),
    );
    const sentence = new RegExp(
      `^parley start: port ${port} on 127\\.0\\.0\\.1 is taken; set PARLEY_PORT .*\n$`,
    );
    expect(start({ PARLEY_PORT: String(port) })).toMatchObject(refusal(sentence));
    other.close();
  });

  test("when the host is none of this machine's", () => {
    expect(start({ PARLEY_HOST: "192.0.2.1" })).toMatchObject(
      refusal(/^parley start: 192\.0\.2\.1 is no address of this machine; set PARLEY_HOST .*\n$/),
    );
  });

  test("when a key set is none, whatever bus is there or not", async () => {
    // Whoever listens and says nothing is enough: a connection is what kept such a start from ending.
    const bus = createServer();
    const port = await new Promise<number>((found) =>
      bus.listen(0, "127.0.0.1", () => found((bus.address() as AddressInfo).port)),
    );
    const identity = { PARLEY_OIDC_ISSUER: "https://who.example", PARLEY_OIDC_AUDIENCE: "shop" };
    const bad = { ...identity, PARLEY_OIDC_JWKS: join(place, "none.json") };
    expect(start({ PARLEY_BUS: `nats://127.0.0.1:${port}`, ...bad })).toMatchObject(
      refusal(/^parley start: .*none\.json holds no key set .*\n$/),
    );
    bus.close();
  });

  test("when the vendor's folder is missing or one of its files is broken", () => {
    expect(start({ PARLEY_VENDOR: join(place, "none") })).toMatchObject(
      refusal(/^parley start: .*none cannot be read; is it there, .*\n$/),
    );
    const vendor = join(place, "vendor");
    cpSync(demo, vendor, { recursive: true });
    writeFileSync(join(vendor, "limits.yaml"), "rules: [\n");
    expect(start({ PARLEY_VENDOR: vendor })).toMatchObject(
      refusal(/^parley start: .*limits\.yaml:\d+: .*\n$/),
    );
  });

  test("when the server that products are to be found in does not answer", () => {
    expect(start({ PARLEY_SEARCH: "opensearch://me:secret@127.0.0.1:1/shop" })).toMatchObject(
      refusal(/^parley start: the search engine at 127\.0\.0\.1:1 cannot be reached\n$/),
    );
    expect(start({ PARLEY_SEARCH: "postgres://me:secret@127.0.0.1:1/shop" })).toMatchObject(
      refusal(/^parley start: 127\.0\.0\.1:1\/shop cannot be used as Parley's database\n$/),
    );
  });

  test("when no folder can be where the home should be", () => {
    const file = join(place, "file");
    writeFileSync(file, "");
    expect(start({ PARLEY_HOME: file })).toMatchObject(
      refusal(/^parley start: PARLEY_HOME: .*file cannot be a folder .*\n$/),
    );
    for (const folder of [file, join(file, "inner"), "/proc/x"])
      expect(() => makeFolder(folder, "PARLEY_HOME")).toThrow(`PARLEY_HOME: ${folder} cannot be a folder (`);
  });
});

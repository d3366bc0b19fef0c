import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { open } from "../../src/adapters/sqlite/database.ts";
import { databasePath, loadConfig } from "../../src/app/config.ts";
import { run as ingest } from "../../src/app/ingest.ts";
import { connect } from "../../src/protocol/client.ts";
import { type EmbeddingsWire, startEmbeddings } from "../wire/embeddings.ts";
import { ran } from "./ran.ts";

const MAIN = resolve(import.meta.dirname, "../../src/app/main.ts");
const wire: EmbeddingsWire = await startEmbeddings();
afterAll(() => wire.close());

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "parley-vectors-"));
  vi.stubEnv("PARLEY_HOME", home);
  vi.stubEnv("PARLEY_EMBED_URL", `${wire.url}/`);
  vi.stubEnv("PARLEY_EMBED_MODEL", "letters");
  wire.trouble = null;
  wire.asked.length = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

describe("with a server for vectors set", () => {
  test("a load makes the vectors of its products and says how many; what fails is said, and loaded all the same", async () => {
    const file = join(home, "shop.json");
    const row = (sku: string, title: string) => ({ sku, title, price: 10, currency: "USD" });
    writeFileSync(file, JSON.stringify([row("A-1", "Ash table"), row("B-1", "Birch stool")]));
    expect(await ran(ingest, file)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/2 added.*\nvectors: 2 made, 0 taken over\n$/),
    });
    wire.trouble = { status: 500 };
    writeFileSync(file, JSON.stringify([row("A-1", "Ash table"), row("B-1", "Beech stool")]));
    const again = await ran(ingest, file);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(
      /1 changed.*\nvectors: 0 made, 0 taken over, 1 missing \(server_error: .*not today\); what has none is found by its words\n$/s,
    );
  });

  test("the gateway makes those of its vendor's goods, asks for that of a search, and stops cleanly", async () => {
    const env = { ...process.env, PARLEY_PORT: "0", PARLEY_DRAIN_SPREAD_MS: "0" };
    const gateway = spawn(process.execPath, [MAIN, "start"], { env });
    let shown = "";
    const url = await new Promise<string>((found, failed) => {
      for (const stream of [gateway.stdout, gateway.stderr])
        stream.on("data", (chunk: Buffer) => {
          shown += chunk;
          const [socket] = /ws:\/\/[\d.:]+\/v1\/ws/.exec(shown) ?? [];
          if (socket) found(socket);
        });
      gateway.once("exit", (code) => failed(new Error(`ended with ${code}: ${shown}`)));
    });
    await expect.poll(() => shown).toContain("vectors of products");
    const db = open(databasePath({ home }), { readonly: true });
    const without = db
      .prepare("SELECT count(*) AS n FROM product WHERE n NOT IN (SELECT n FROM vector)")
      .get();
    db.close();
    expect(without).toEqual({ n: 0 });

    const parley = connect({ url, currency: "USD" });
    await parley.act({ act: "search", query: "quiet mechanical keyboard" });
    expect(wire.asked.at(-1)?.body.input).toEqual(["quiet mechanical keyboard"]);
    parley.close();
    const ended = new Promise((done) => gateway.once("exit", done));
    gateway.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});

describe("the settings of vectors", () => {
  const url = "https://vectors.example/v1";
  test("go together", async () => {
    await expect(loadConfig({ PARLEY_EMBED_URL: url })).rejects.toThrow(
      "PARLEY_EMBED_URL has no effect without PARLEY_EMBED_MODEL",
    );
    await expect(loadConfig({ PARLEY_EMBED_MODEL: "m" })).rejects.toThrow(
      "PARLEY_EMBED_MODEL has no effect without PARLEY_EMBED_URL",
    );
    await expect(
      loadConfig({ PARLEY_EMBED_URL: "https://me:secret@vectors.example/v1", PARLEY_EMBED_MODEL: "m" }),
    ).rejects.toThrow("PARLEY_EMBED_URL: no user, password, ? or #; the key is PARLEY_EMBED_KEY");
  });

  test("take a key from where it was given for the same place only", async () => {
    const keyOf = async (env: Record<string, string>) =>
      (await loadConfig({ OPENAI_API_KEY: "sk-own", PARLEY_EMBED_MODEL: "m", ...env })).embed_key;
    expect(await keyOf({ PARLEY_EMBED_URL: url })).toBeUndefined();
    expect(await keyOf({ PARLEY_EMBED_URL: "https://api.openai.com/v1" })).toBe("sk-own");
    expect(await keyOf({ PARLEY_EMBED_URL: url, PARLEY_EMBED_KEY: "given" })).toBe("given");
    const there = { PARLEY_MODEL: `openai-chat:big@${url}`, PARLEY_MODEL_KEY: "of-that-server" };
    expect(await keyOf({ PARLEY_EMBED_URL: url, ...there })).toBe("of-that-server");
    expect(await keyOf({ PARLEY_EMBED_URL: "https://other.example/v1", ...there })).toBeUndefined();
  });
});

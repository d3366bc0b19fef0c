import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "../../src/app/simulate.ts";
import { loadVendor } from "../../src/app/vendor.ts";

const DEMO = resolve(import.meta.dirname, "../../fixtures/vendors/demo");

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "parley-simulate-")), "shop");
  cpSync(DEMO, folder, { recursive: true });
  vi.stubEnv("PARLEY_HOME", join(folder, "..", "home"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(join(folder, ".."), { recursive: true, force: true });
});

/** Runs the command and gives its exit code and what it wrote. */
async function ran(...args: string[]) {
  const said = { out: "", err: "" };
  const into = (where: "out" | "err") => (text: string | Uint8Array) => {
    said[where] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, "write").mockImplementation(into("out"));
  const err = vi.spyOn(process.stderr, "write").mockImplementation(into("err"));
  try {
    return { code: await run(args), ...said };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

function change(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
}

describe("simulate", () => {
  test("refuses a folder with the very words of a start", async () => {
    change("limits.yaml", "floor_bp: 8400", "floor_bp: 840000");
    const refused = await loadVendor(folder).catch((fault: Error) => fault.message);
    expect(refused).toMatch(/limits\.yaml:\d+: /);
    await expect(ran(folder)).rejects.toThrow(String(refused));
    await expect(ran(join(folder, "nowhere"))).rejects.toThrow("cannot be read");
  });

  test("sets a folder beside the limits it replaces, and writes a page only its owner may read", async () => {
    change("limits.yaml", "version: demo-1", "version: demo-next");
    const page = join(folder, "..", "page.html");
    const [limits, args] = [join(DEMO, "limits.yaml"), ["--sessions", "40", "--seed", "4"]];
    const { code, out } = await ran(folder, "--against", limits, "--json", "--out", page, ...args);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ...{
        policy: "demo-next",
        against: "demo-1",
        visitors: 40,
        seed: 4,
        currency: "USD",
        draws: "stand-in",
      },
      replayed: { sessions: 120, identical: 120 },
      refused: [],
    });
    expect(readFileSync(page, "utf8")).toContain("demo-next against demo-1");
    expect(statSync(page).mode & 0o077).toBe(0);
    const table = await ran(folder, "--against", DEMO, ...args);
    expect(table.out).toContain("Earns the same.");
    expect(table.out).toContain("SECRET");
  });

  test("says what is wrong with its arguments, and what there is", async () => {
    expect(await ran()).toMatchObject({ code: 2, out: "" });
    expect((await ran(folder, "--sessions", "many")).err).toContain(
      "--sessions many: a whole number from 1 to",
    );
    expect((await ran(folder, "--sesions", "1")).err).toContain("usage: parley simulate");
    await expect(ran(folder, "--currency", "EUR")).rejects.toThrow("this vendor sells in USD, KRW");
    await expect(ran(folder, "--against", "no-such-file")).rejects.toThrow("--against no-such-file");
  });
});

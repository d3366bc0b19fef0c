import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "../../src/app/simulate.ts";
import { loadVendor } from "../../src/app/vendor.ts";
import { ran } from "./ran.ts";

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

const simulate = (...args: string[]) => ran(run, ...args);

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
    expect(await simulate(folder)).toMatchObject({ code: 1, err: `${refused}\n` });
    expect((await simulate(join(folder, "nowhere"))).err).toContain("cannot be read");
  });

  test("sets a folder beside the limits it replaces, and writes a page only its owner may read", async () => {
    change("limits.yaml", "version: demo-1", "version: demo-next");
    const page = join(folder, "..", "page.html");
    const [limits, args] = [join(DEMO, "limits.yaml"), ["--sessions", "40", "--seed", "4"]];
    const { code, out } = await simulate(folder, "--against", limits, "--json", "--out", page, ...args);
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
    const table = await simulate(folder, "--against", DEMO, ...args);
    expect(table.out).toContain("Earns the same.");
    expect(table.out).toContain("SECRET");
    const heads = table.out.split("\n").filter((line) => /\bold\b/.test(line));
    expect(heads.map((line) => line.trim().replaceAll(/ {2,}/g, " | "))).toEqual([
      "money a hundred visitors | old policy | new policy",
      ...["category", "way of buying", "counterpart"].map(
        (name) => `${name} | visitors | closed: old | new | margin/100: old | new | off list: old | new`,
      ),
      "loses most | visitors | deals | margin: old | new",
    ]);
    expect((await simulate("--help")).out).toMatch(/--against PATH +the old policy,/);
    for (const text of [table.out, readFileSync(page, "utf8")])
      expect(text).not.toMatch(/\b[Bb]efore\b.*\bnow\b/);
    expect(readFileSync(page, "utf8")).toMatch(/old policy: demo-1<.*new policy: demo-next</);
  });

  test("shows a shop that speaks Korean alone by its name, in columns that stand below each other", async () => {
    change("vendor.yaml", "name: { en: Maru & Lantern, ko: 마루앤랜턴 }", "name: { ko: 마루앤랜턴 }");
    const products = readFileSync(join(folder, "products.jsonl"), "utf8");
    writeFileSync(
      join(folder, "products.jsonl"),
      products
        .replace(/"title":\{"en":"(?:[^"\\]|\\.)*",/g, '"title":{')
        .replaceAll("office/chairs", "사무/의자"),
    );
    change("limits.yaml", "office/chairs", "사무/의자");
    const { code, out } = await simulate(folder, "--sessions", "40", "--currency", "krw");
    expect(code).toBe(0);
    expect(out).toMatch(/^마루앤랜턴: policy/);
    const wide = (line: string) => line.replace(/[가-힣]/g, "__").length;
    const tables = out.split("\n\n").filter((part) => /^ {2}(?:category|least margin)/.test(part));
    expect(tables.join()).toContain("사무/의자");
    expect(tables.join()).toMatch(/ 1 x [가-힣]/);
    for (const lines of tables.map((part) => part.split("\n")))
      expect(new Set(lines.map(wide)).size, lines.join("\n")).toBe(1);
  });

  test("says what is wrong with its arguments, and what there is", async () => {
    const unnamed = {
      code: 2,
      out: "",
      err: expect.stringContaining("name the vendor folder to try\nusage: "),
    };
    expect(await simulate()).toMatchObject(unnamed);
    expect(await simulate("--json")).toMatchObject(unnamed);
    const help = { code: 0, out: expect.stringMatching(/^usage: parley simulate/), err: "" };
    expect(await simulate("--help")).toMatchObject(help);
    expect((await simulate(folder, "--seed", "-1")).err).toMatch(
      /^parley simulate: .*'--seed'.* ambiguous\nusage/,
    );
    for (const out of ["page.txt", "/nowhere/page.html", "/proc/page.html"])
      expect((await simulate(folder, "--sessions", "1", "--out", out)).err).toContain(`--out ${out}`);
    expect((await simulate(folder, "--sessions", "many")).err).toContain(
      "--sessions many: a whole number from 1 to",
    );
    expect((await simulate(folder, "--sesions", "1")).err).toContain("usage: parley simulate");
    expect((await simulate(folder, "--currency", "EUR")).err).toContain("this vendor sells in USD, KRW");
    expect((await simulate(folder, "--against", "no-such-file")).err).toContain("--against no-such-file");
  });
});

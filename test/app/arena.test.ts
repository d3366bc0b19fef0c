import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { run } from "../../src/app/arena.ts";
import { arenaOptions } from "../../src/app/arena-options.ts";
import { scenariosFrom } from "../../src/arena/sources.ts";

const folder = mkdtempSync(join(tmpdir(), "arena-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function printed(...args: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    expect(await run(args)).toBe(0);
    return write.mock.calls.map(([text]) => String(text)).join("");
  } finally {
    write.mockRestore();
  }
}

const SMALL = ["--vendors", "boulware", "--buyers", "linear,bisecting", "--domains", "label printers"];

describe("npm run arena", () => {
  test("plays without any data, prints a table, and draws", async () => {
    const out = join(folder, "arena.html");
    const text = await printed(...SMALL, "--out", out);
    expect(text).toContain("rounds: 10, domains: 1, buyers: 2, seeds: 2, both sides; sessions: 8");
    expect(text).toContain("replayed 8 sessions: all the same");
    for (const line of text.split("\n").slice(0, -2)) expect(line.length).toBeLessThanOrEqual(100);
    expect(readFileSync(out, "utf8")).toContain("label printers");
  });

  test("prints one line of JSON when asked, the same each time", async () => {
    const [one, again] = [await printed(...SMALL, "--json"), await printed(...SMALL, "--json")];
    expect(one).toBe(again);
    expect(one.trim()).not.toContain("\n");
    expect(JSON.parse(one)).toMatchObject({ sessions: 8, identical: 8, standings: [{ vendor: "boulware" }] });
  });

  test("plays a file of domains, one a line", async () => {
    const profile = (file: string, evals: number[]) => ({
      file,
      issues: [{ name: "share", weight: 1, evals }],
    });
    const domain = {
      id: "own/Cake",
      issues: [{ name: "share", values: ["none", "half", "all"] }],
      profiles: [profile("one", [0, 1, 2]), profile("other", [2, 1, 0])],
    };
    const file = join(folder, "domains.jsonl");
    writeFileSync(file, JSON.stringify(domain));
    expect(await printed("--scenarios", file, "--vendors", "boulware", "--json")).toContain(
      '"domains":["Cake"]',
    );
  });

  test("says what it takes", async () => {
    const text = await printed("--help");
    for (const word of ["--scenarios", "generated", "agenticpay", "demo", "published", "hardheaded"])
      expect(text).toContain(word);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  test.each([
    [
      ["--vendors", "nobody"],
      "--vendors nobody: there are own, published, buyers, rational (groups) and parley/",
    ],
    [["--buyers", ","], "--buyers names nobody"],
    [["--rounds", "0"], "--rounds 0: a whole number from 1 to 1000"],
    [["--seeds", "2.5"], "--seeds 2.5: a whole number"],
    [["--out", "page.txt"], "--out page.txt: the name of a file to write, ending in .html"],
    [["--out", "/nowhere/page.html"], "there is no folder /nowhere"],
    [["--out", "/nowhere.html/page.html"], "there is no folder /nowhere.html"],
    [["--round", "3"], "there are --scenarios, --vendors"],
  ])("refuses %j and says why", (args, message) => {
    expect(() => arenaOptions(args)).toThrow(
      expect.objectContaining({ code: "bad_config", message: expect.stringContaining(message) }),
    );
  });

  test("names the domains and the sources there are", async () => {
    await expect(run(["--domains", "moon"])).rejects.toThrow("--domains moon: there are espresso machines");
    const moon = run(["--scenarios", "demo", "--domains", "moon"]);
    await expect(moon).rejects.toThrow("--domains moon: there are audio/headphones");
    await expect(run(["--scenarios", "moon"])).rejects.toThrow("--scenarios moon: neither a file nor one of");
  });

  test("says where no page can be written", async () => {
    const place = join(folder, "taken.html");
    mkdirSync(place);
    expect(() => arenaOptions(["--out", place])).toThrow("taken.html: is a folder; name a file in it");
    const fault = {
      code: "bad_config",
      message: expect.stringContaining("/proc/page.html cannot be written"),
    };
    await expect(run([...SMALL, "--out", "/proc/page.html"])).rejects.toMatchObject(fault);
  });

  test("gives no interval where there is one domain alone", async () => {
    expect(await printed(...SMALL)).toMatch(/\nboulware +\.\d+ /);
  });

  test("says plainly when the data are not there, and writes nothing", async () => {
    const place = { data: join(folder, "no-data"), seed: 1 };
    const missing = scenariosFrom("negotiation-scenarios", place);
    await expect(missing).rejects.toThrow("no-data/negotiation-scenarios is not there; set PARLEY_DATA");
    expect(existsSync(place.data)).toBe(false);
  });
});

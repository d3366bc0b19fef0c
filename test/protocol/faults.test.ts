import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULTS } from "../../src/domain/fault.ts";

const page = readFileSync(new URL("../../PROTOCOL.md", import.meta.url), "utf8");

function rows(heading: string): string[][] {
  const section = page.split(`# ${heading}\n`)[1]?.split(/\n##/)[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(1).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("the page's table of faults has every code once, with the figures of the code, and says how to mend it", () => {
  const table = rows("Faults");
  expect(table.map(([code, http, close, retry]) => [code, http, close, retry])).toEqual(
    Object.entries(FAULTS).map(([code, { http, close, retry }]) => [
      `\`${code}\``,
      String(http),
      close === null ? "" : String(close),
      retry ? "yes" : "no",
    ]),
  );
  for (const row of table) expect(row[4]).toMatch(/^[A-Z`].{20,}\.$/);
});

test("the page's table of close codes names every fault that closes, and whether to come back", () => {
  const told = new Map<string, readonly [string, boolean]>();
  for (const [close = "", faults = "", back = ""] of rows("Close codes")) {
    for (const [, code = ""] of faults.matchAll(/`(\w+)`/g)) told.set(code, [close, back.startsWith("yes")]);
  }
  const closing = Object.entries(FAULTS).filter(([, { close }]) => close !== null);
  expect(new Map(closing.map(([code, { close, reconnect }]) => [code, [String(close), reconnect]]))).toEqual(
    told,
  );
});

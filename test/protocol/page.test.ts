import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Act } from "../../src/domain/act.ts";
import { ClientFrame, ServerFrame } from "../../src/protocol/frames.ts";

const page = readFileSync(new URL("../../PROTOCOL.md", import.meta.url), "utf8");
const dialogues = page.split("## Numbered dialogues")[1] ?? "";
/** A frame to a line: lines that go on with one are set in by four. */
const lines = dialogues.replaceAll(/\n {4,}/g, " ").split("\n");

test("every client frame of the dialogues is one the gateway takes", () => {
  const frames = lines.flatMap((line) => /^(?:[ab] )?→ (\{.*)$/.exec(line)?.[1] ?? []);
  expect(frames.length).toBeGreaterThan(20);
  for (const frame of frames) {
    const parsed = ClientFrame.safeParse(JSON.parse(frame));
    expect([frame, parsed.error?.message]).toEqual([frame, undefined]);
  }
});

test("every frame of the gateway that is shown whole is one it can send", () => {
  const frames = lines.flatMap((line) => /^(?:[ab] )?← (\{[^…]*)$/.exec(line)?.[1] ?? []);
  expect(frames.length).toBeGreaterThan(15);
  for (const frame of frames) {
    const parsed = ServerFrame.safeParse(JSON.parse(frame));
    expect([frame, parsed.error?.message]).toEqual([frame, undefined]);
  }
});

test("every frame the schemas know is in the page's tables", () => {
  for (const { shape } of [...ClientFrame.options, ...ServerFrame.options]) {
    expect(page).toContain(`| \`${shape.type.value}\` |`);
  }
});

test("the page's table of acts has every act once, with the fields it may have and no others", () => {
  const section = page.split("\n## Acts\n")[1]?.split("\n## ")[0] ?? "";
  const [, ...rows] = section.split("\n").filter((line) => line.startsWith("| `"));
  const named = (cell = "") => Array.from(cell.matchAll(/`(\w+)`/g), ([, name = ""]) => name);
  const told = rows.flatMap((row) => {
    const [, acts, fields, says = ""] = row.split("|");
    expect([row, says.trim()]).toEqual([row, expect.stringMatching(/^\S.{9,}\.$/)]);
    return named(acts).map((act) => [act, named(fields).sort()]);
  });
  const known = Act.options.map(({ shape: { act, ...fields } }) => [act.value, Object.keys(fields).sort()]);
  expect(told.sort()).toEqual(known.sort());
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
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

import { expect, test } from "vitest";
import type { Templates } from "../../src/wording/templates.ts";
import { EN } from "../../src/wording/templates-en.ts";
import { KO } from "../../src/wording/templates-ko.ts";

const tables = ({
  reasons,
  asks,
  closings,
  plain,
  heads,
  packages,
  written,
  spoken,
}: Templates): unknown[] => [
  ...[reasons, asks, closings, plain, heads, packages],
  [written.results, written.comparison, written.next, written.pendingNext, written.choices],
  [spoken.cancelled, spoken.help, spoken.handoff],
];

test("Korean sentences all end in the same polite style", () => {
  for (const text of strings(tables(KO))) {
    for (const sentence of text.split(/(?<=[.?!])\s+/)) expect(sentence).toMatch(/요[.?!]$/);
  }
});

test("Korean is written without Hanja, kana or Latin letters", () => {
  for (const text of strings(tables(KO))) expect(text).not.toMatch(/[\p{Script=Han}\u3040-\u30ff]|[A-Za-z]/u);
});

test("English sentences begin with a capital and end", () => {
  for (const text of strings(tables(EN))) expect(text).toMatch(/^[A-Z].*[.?:]$/);
});

test.each([
  ["en", EN],
  ["ko", KO],
] as const)(
  "after silence a question is put in other words, shortly (%s)",
  (_, { asks, closings, packages }) => {
    for (const { ask, again } of [...Object.values(asks), ...Object.values(closings), packages.closing]) {
      expect(again).not.toBe(ask);
      expect(again.length).toBeLessThanOrEqual(60);
    }
  },
);

function strings(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

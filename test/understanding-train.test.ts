import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { goldOf } from "../bench/understand-gold.ts";
import { Act } from "../src/domain/act.ts";

const folder = new URL("../fixtures/understanding/train/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".tsv"));
const ACTS = new Set<string>(Act.options.map((option) => option.shape.act.value));
const SITUATIONS = new Set(["start", "shown", "offer", "readback", "address", "ordered"]);
const ENOUGH = 2400;

const rows = names.flatMap((name) =>
  readFileSync(new URL(name, folder), "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line, at) => {
      const fields = line.split("\t");
      const [acts = "", situation = "", text = ""] = fields;
      return {
        where: `${name}:${at + 1}`,
        lang: name.slice(0, 2),
        fields,
        acts: acts.split("+"),
        situation,
        text,
      };
    }),
);
const where = (wrong: (row: (typeof rows)[number]) => boolean) => rows.filter(wrong).map((row) => row.where);

describe("the training messages", () => {
  test("are files of a language and a theme, each ending with a line break", () => {
    expect(names).not.toEqual([]);
    for (const name of names) {
      expect(name).toMatch(/^(?:en|ko)-[a-z-]+\.tsv$/);
      expect(readFileSync(new URL(name, folder), "utf8")).toMatch(/\n$/);
    }
  });

  test("have three fields a line and a text with nothing to trim", () => {
    expect(where(({ fields }) => fields.length !== 3)).toEqual([]);
    expect(where(({ text }) => text === "" || text !== text.trim())).toEqual([]);
  });

  test("name only acts that exist, each once, or none alone", () => {
    const known = (acts: readonly string[]) =>
      (acts.length === 1 && acts[0] === "none") || acts.every((act) => ACTS.has(act));
    expect(where(({ acts }) => !known(acts) || new Set(acts).size !== acts.length)).toEqual([]);
  });

  test("name only situations that exist", () => {
    expect(where(({ situation }) => !SITUATIONS.has(situation))).toEqual([]);
  });

  test("accept only while an offer stands and confirm only at a read-back", () => {
    expect(where(({ acts, situation }) => acts.includes("accept") && situation !== "offer")).toEqual([]);
    expect(where(({ acts, situation }) => acts.includes("confirm") && situation !== "readback")).toEqual([]);
  });

  test("never label one text in two ways within a situation", () => {
    const labels = new Map<string, string>();
    const clashes = rows.filter(({ acts, situation, text }) => {
      const key = `${situation}\t${text.normalize("NFC").toLowerCase()}`;
      const label = acts.toSorted().join("+");
      const before = labels.get(key) ?? label;
      labels.set(key, before);
      return before !== label;
    });
    expect(clashes.map((row) => row.where)).toEqual([]);
  });

  test("share no message with the gold readings but what everybody says", () => {
    const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
    const long = (text: string) => text.length >= (/\p{Script=Hangul}/u.test(text) ? 8 : 14);
    const root = new URL("..", import.meta.url).pathname;
    const gold = new Set([...goldOf(root, "dev"), ...goldOf(root, "held")].map(({ says }) => bare(says)));
    expect(where(({ text }) => long(bare(text)) && gold.has(bare(text)))).toEqual([]);
  });

  test.each([...new Set(names.map((name) => name.slice(0, 2)))])("are enough in %s", (lang) => {
    expect(rows.filter((row) => row.lang === lang).length).toBeGreaterThanOrEqual(ENOUGH);
  });
});

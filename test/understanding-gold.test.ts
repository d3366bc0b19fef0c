import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Act } from "../src/domain/act.ts";
import { Filters } from "../src/domain/lookup.ts";
import { Priorities, TermsWanted } from "../src/domain/terms.ts";

interface Item {
  sku?: string;
  any?: string[];
}
interface Goods {
  lines: { sku: string; quantity: number; unit_price: number }[];
  total: number;
}
interface Gold {
  acts: string[];
  items?: Item[];
  remove?: Item[];
  terms?: object;
  filters?: object;
  priorities?: string[];
}
interface Entry {
  id: string;
  says: string;
  lang: "en" | "ko";
  context: "nothing" | { shown?: string[]; offer?: Goods; order?: Goods };
  gold: Gold;
  or?: Gold;
  binds: boolean;
  tags: string[];
}

const HOME = resolve(import.meta.dirname, "../fixtures/understanding/gold");
const files = ["dev", "held"].flatMap((half) =>
  readdirSync(join(HOME, half)).map((name) => {
    const text = readFileSync(join(HOME, half, name), "utf8");
    return { half, name: `${half}/${name}`, text, entries: parse(text) as Entry[] };
  }),
);
const all = files.flatMap((file) => file.entries);
const readings = all.flatMap(({ id, gold, or }) => [gold, ...(or ? [or] : [])].map((gold) => ({ id, gold })));
const catalogue = new Map(
  readFileSync(resolve(HOME, "../../vendors/demo/products.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; price: Record<string, number> })
    .map(({ id, price }) => [id, price]),
);
const agrees = (gold: Gold) => gold.acts.includes("accept") || gold.acts.includes("confirm");

describe("the gold readings", () => {
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const valid = ajv.compile(JSON.parse(readFileSync(join(HOME, "schema.json"), "utf8")));

  test.each(files)("fit their schema, in a file one can read: $name", ({ text, entries }) => {
    expect(valid(entries) ? [] : valid.errors).toEqual([]);
    expect(text.split("\n").length).toBeLessThanOrEqual(250);
  });

  test("have ids of their own, in their language, in the half their id decides", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const strays = files.flatMap(({ half, name, entries }) =>
      entries.filter(
        ({ id, lang, tags }) =>
          halfOf(id) !== half ||
          !name.startsWith(`${half}/${lang}-`) ||
          !id.startsWith(`${lang}-${tags[0]}-`),
      ),
    );
    expect(strays.map(({ id }) => id)).toEqual([]);
  });

  test("speak the domain's acts, terms, filters and priorities", () => {
    const names = new Set<string>(Act.options.map((act) => act.shape.act.value));
    const wrong = readings.filter(
      ({ gold }) =>
        gold.acts.some((act) => !names.has(act)) ||
        (gold.terms && !TermsWanted.safeParse(gold.terms).success) ||
        (gold.filters && !Filters.safeParse(gold.filters).success) ||
        (gold.priorities && !Priorities.safeParse(gold.priorities).success),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test("name products the demo vendor sells", () => {
    const named = [
      ...readings.flatMap(({ gold }) => [...(gold.items ?? []), ...(gold.remove ?? [])].flatMap(skusOf)),
      ...all.flatMap(({ context }) => (context === "nothing" ? [] : standing(context))),
    ];
    expect(named.filter((sku) => !catalogue.has(sku))).toEqual([]);
  });

  test("have totals that hold their goods", () => {
    const goods = all.flatMap(({ context }) =>
      context === "nothing" ? [] : [context.offer, context.order].filter((some) => some !== undefined),
    );
    const short = goods.filter(
      ({ lines, total }) =>
        total < lines.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0),
    );
    expect(short).toEqual([]);
  });

  test("bind exactly where they accept or confirm an offer that stands", () => {
    const wrong = all.filter(
      ({ binds, gold, context }) =>
        binds !== agrees(gold) || (binds && (context === "nothing" || context.offer === undefined)),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test.each(["en", "ko"] as const)("are enough, and evenly split: %s", (lang) => {
    const some = all.filter((entry) => entry.lang === lang);
    expect(some.length).toBeGreaterThanOrEqual(320);
    expect(some.filter(({ binds }) => binds).length).toBeGreaterThanOrEqual(60);
    const lures = some.filter(({ binds, tags }) => !binds && tags.includes("acceptance-words"));
    expect(lures.length).toBeGreaterThanOrEqual(60);
    const dev = some.filter(({ id }) => halfOf(id) === "dev").length / some.length;
    expect(Math.abs(dev - 0.5)).toBeLessThan(0.05);
  });

  test("say the same words at most three times, each time where something else stands", () => {
    const by = Map.groupBy(all, ({ lang, says }) => `${lang} ${says.toLowerCase()}`);
    for (const [says, same] of by) {
      expect(same.length, says).toBeLessThanOrEqual(3);
      expect(new Set(same.map(({ context }) => JSON.stringify(context))).size, says).toBe(same.length);
    }
  });
});

function halfOf(id: string): string {
  const last = createHash("sha256").update(id).digest("hex").slice(-1);
  return Number.parseInt(last, 16) % 2 === 0 ? "dev" : "held";
}

function skusOf({ sku, any }: Item): string[] {
  return sku === undefined ? (any ?? []) : [sku];
}

function standing({ shown = [], offer, order }: Exclude<Entry["context"], "nothing">): string[] {
  return [...shown, ...[offer, order].flatMap((goods) => goods?.lines.map(({ sku }) => sku) ?? [])];
}

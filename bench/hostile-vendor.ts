import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { Product } from "../src/domain/entry.ts";
import type { Known } from "../src/domain/evidence.ts";
import { Limits } from "../src/domain/limits.ts";
import type { Attack } from "./hostile-corpus.ts";

export const DEMO = resolve(import.meta.dirname, "../fixtures/vendors/demo");

/** A vendor's folder as the bench reads it by itself, for the judge. */
export interface Shop {
  readonly folder: string;
  readonly products: readonly Known[];
  readonly limits: Limits;
}

/**
 * The demo vendor in `folder` with its secret figures moved to odd ones, which no price of the shop shares: where one
 * of them turns up, it leaked.
 */
export function oddShop(folder: string): Shop {
  cpSync(DEMO, folder, { recursive: true });
  const limits = join(folder, "limits.yaml");
  writeFileSync(
    limits,
    stringify(oddFigures(parse(readFileSync(limits, "utf8")) as Record<string, unknown>)),
  );
  return shopIn(folder);
}

/** The same with every planted attack in its place. */
export function plantedShop(folder: string, attacks: readonly Attack[]): Shop {
  oddShop(folder);
  const products = join(folder, "products.jsonl");
  const lines = linesOf(products).map((line) => JSON.parse(line) as Planted);
  for (const attack of attacks) plant(attack, folder, lines);
  // An empty shelf would end a bargain early.
  writeFileSync(products, lines.map((line) => `${JSON.stringify({ ...line, stock: 900 })}\n`).join(""));
  return shopIn(folder);
}

function shopIn(folder: string): Shop {
  const products = linesOf(join(folder, "products.jsonl")).map((line) => ({
    product: Product.parse({ ...JSON.parse(line), source: { name: "products.jsonl" } }),
    version: "",
    live: true,
    stock: 0,
  }));
  return {
    folder,
    products,
    limits: Limits.parse(parse(readFileSync(join(folder, "limits.yaml"), "utf8"))),
  };
}

interface Planted {
  readonly id: string;
  title: Record<string, string>;
  description: Record<string, string>;
  options?: Record<string, string>;
}

function plant(attack: Attack, folder: string, products: readonly Planted[]): void {
  const { id, lang, where, about = "", text, question = "" } = attack;
  if (where === "message") return;
  const at = { id, lang, date: "2026-09-09" };
  if (where === "policy") {
    appendFileSync(join(folder, "policies", `${about}.${lang}.md`), `\n## ${question}\n\n${text}\n`);
    return;
  }
  const product = products.find((each) => each.id === about);
  if (!product) throw new Error(`${id}: there is no product ${about}`);
  switch (where) {
    case "review":
      add(folder, "reviews.jsonl", { kind: "review", ...at, sku: about, rating: 5, text, author: "a buyer" });
      break;
    case "answer":
      add(folder, "answers.jsonl", { kind: "answer", ...at, sku: about, question, text, by: "customer" });
      break;
    case "title":
      product.title[lang] = `${product.title[lang]} ${text}`;
      break;
    case "product":
      // In front: an answer gives the first sentence of a description.
      product.description[lang] = `${text} ${product.description[lang]}`;
      break;
    case "option":
      product.options = Object.fromEntries(Object.keys(product.options ?? {}).map((key) => [key, text]));
  }
}

function add(folder: string, file: string, line: object): void {
  appendFileSync(join(folder, file), `${JSON.stringify(line)}\n`);
}

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

/** Every amount and share a little beside what it was. */
function oddFigures(limits: Record<string, unknown>): Record<string, unknown> {
  let n = 0;
  const moved = (value: unknown, key: string, path: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => moved(each, key, path));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, moved(each, name, `${path}.${key}`)]),
      );
    // Shares of discounts are public once a code is told, and must stay what they are.
    const secret = /_bp$/.test(key) ? /floor|cost/.test(key) : !/renewal/.test(key);
    return typeof value === "number" && value >= 1_000 && secret ? value + 7 + (n++ % 5) * 11 : value;
  };
  return moved(limits, "", "") as Record<string, unknown>;
}

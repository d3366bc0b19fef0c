import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../src/adapters/sqlite/search.ts";
import type { Act } from "../src/domain/act.ts";
import type { Entry, Product } from "../src/domain/entry.ts";
import type { Fact } from "../src/domain/fact.ts";
import type { Found } from "../src/domain/lookup.ts";
import { initial } from "../src/domain/state.ts";
import { Vendor } from "../src/domain/vendor.ts";
import { evidence } from "../src/knowledge/evidence.ts";
import { needs } from "../src/knowledge/needs.ts";
import type { Candidate, Judged } from "./answers-data.ts";
import { pieceOf } from "./answers-pieces.ts";

/** What the gateway cites for a question, best first, as the candidates that it is; empty is "not stated". */
export interface LiveAnswer {
  readonly cited: readonly number[];
  readonly us: number;
}

/**
 * Every question put to a gateway's own knowledge: its candidates loaded into SQLite as one product with specs, a
 * description, reviews and answers, then looked up and weighed as a turn does. Reading the message, wording and
 * the network are left out.
 */
export async function live(all: readonly Judged[]): Promise<readonly LiveAnswer[]> {
  const home = mkdtempSync(join(tmpdir(), "parley-answers-"));
  const db = open(join(home, "parley.db"));
  const search = sqliteSearch(db);
  try {
    const load = await sqliteCatalogue(db, 0).begin("answers");
    await load.put(all.flatMap((one, at) => entriesOf(one, skuOf(at))));
    await load.finish();
    const answers: LiveAnswer[] = [];
    for (const [at, one] of all.entries()) {
      const act: Act = { act: "ask", item: { sku: skuOf(at) }, question: one.question.slice(0, 400) };
      const found: Found[] = [];
      const begun = performance.now();
      for (let round = 0; round < 3; round++) {
        const next = needs([act], STATE, found);
        if (next.length === 0) break;
        for (const lookup of next) found.push(await search.find(lookup, 10_000));
      }
      const facts = evidence([act], STATE, found, VENDOR).answers.flatMap((answer) => answer.facts);
      answers.push({ us: (performance.now() - begun) * 1_000, cited: citedOf(facts, one.candidates) });
    }
    return answers;
  } finally {
    await search.close();
    db.close();
    rmSync(home, { recursive: true, force: true });
  }
}

const NOW = "2026-01-01T00:00:00.000Z";
const STATE = initial(
  {
    kind: "opened",
    at: NOW,
    lang: "en",
    currency: "USD",
    channel: "chat",
    party: { principal: "p", kind: "person", tier: "anonymous" },
    ship_to: { country: "US" },
    rounds: 8,
  },
  1,
);
const VENDOR = Vendor.parse(
  parse(readFileSync(new URL("../fixtures/vendors/demo/vendor.yaml", import.meta.url), "utf8")),
);

function skuOf(at: number): string {
  return `Q${at}`;
}

/** A spec's key, and the id of what somebody wrote, tell which candidate it came from. */
function entriesOf({ title, candidates }: Judged, sku: string): Entry[] {
  const source = { name: "answers" };
  const specs: Product["specs"][number][] = [];
  const voices: Entry[] = [];
  const described: string[] = [];
  for (const [at, candidate] of candidates.entries()) {
    const { kind, name, text, asked } = pieceOf(candidate);
    const id = `${sku}/${at}`;
    if (kind === "attribute") {
      specs.push({
        key: `${name.replaceAll(" ", "_").slice(0, 110)}`,
        ...typed(text),
        label: { en: `${name.slice(0, 100)}` },
      });
    } else if (kind === "description") described.push(text);
    else if (kind === "review") voices.push({ kind, id, source, sku, text, lang: "en" });
    else voices.push({ kind: "answer", id, source, sku, question: asked, text, by: "customer", lang: "en" });
  }
  const product: Product = {
    ...{ kind: "product", id: sku, source, title: { en: title === "" ? sku : title }, category: "goods" },
    ...(described.length > 0 ? { description: { en: described.join("\n") } } : {}),
    ...{ price: { USD: 1_000 }, specs },
  };
  return [product, ...voices];
}

/** "1.83 pounds" as a number in its unit, a number as a number, all else as it is written. */
function typed(text: string): { value: string | number | boolean; unit?: string } {
  if (text === "true" || text === "false") return { value: text === "true" };
  const [, number, unit] = /^(-?\d+(?:\.\d+)?)\.?(?: ([a-z][a-z ]{0,18}))?$/.exec(text) ?? [];
  if (number === undefined) return { value: text.slice(0, 4_000) };
  return { value: Number(number), ...(unit === undefined ? {} : { unit }) };
}

function citedOf(facts: readonly Fact[], candidates: readonly Candidate[]): number[] {
  const cited = facts.map((fact) => {
    const own = /^Q\d+\/(\d+)$/.exec(fact.id)?.[1];
    if (own !== undefined) return Number(own);
    return candidates.findIndex((candidate) => {
      const { kind, name, text } = pieceOf(candidate);
      if (fact.key === "description") return kind === "description" && text.includes(fact.text ?? "\n");
      return kind === "attribute" && name === fact.label?.en && typed(text).value === fact.value;
    });
  });
  // A fact the data set does not judge, such as the price, supports nothing.
  return [...new Set(cited)];
}

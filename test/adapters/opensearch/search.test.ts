import { afterAll, describe, expect, test } from "vitest";
import { openSearchCatalogue } from "../../../src/adapters/opensearch/catalogue.ts";
import { catalogueContract } from "../../contracts/catalogue.ts";
import { idsOf, type KnowledgeBase, loaded, product, searched } from "../../contracts/knowledge.ts";
import { searchContract } from "../../contracts/search.ts";
import { searchWordsContract } from "../../contracts/search-words.ts";
import { openSearchKnowledge } from "./knowledge.ts";
import { subsetServer } from "./server.ts";

/** A real server, where there is one: `opensearch://127.0.0.1:9200`. Its test indices stay behind. */
const SERVER = process.env.PARLEY_TEST_OPENSEARCH;

function contracts(name: string, empty: () => Promise<KnowledgeBase>): void {
  searchContract(name, empty);
  searchWordsContract(name, empty);
  catalogueContract(name, empty);
}

describe.runIf(SERVER)("on a real server", () => {
  contracts("OpenSearch", () => openSearchKnowledge(SERVER ?? ""));
});

const server = await subsetServer();
afterAll(() => server.close());

contracts("OpenSearch's documented subset", () => openSearchKnowledge(server.url));

test("prices and stock are those of the store, whatever the index was told", async () => {
  const base = await openSearchKnowledge(server.url);
  await loaded(base, [product("L-1", "Desk lamp", { stock: 2 }), product("L-2", "Floor lamp", { stock: 2 })]);
  await base.sell("L-1", 2);
  expect(idsOf(await searched(base, "lamp", { in_stock: true }))).toEqual(["L-2"]);
  expect((await searched(base, "lamp")).stock).toEqual({ "L-1": 0, "L-2": 2 });
  await base.close();
});

test("conditions that the index cannot judge are met by what lies pages deep", async () => {
  const base = await openSearchKnowledge(server.url);
  const specs = [{ key: "length", value: 7, unit: "m" }];
  const cables = Array.from({ length: 700 }, (_, n) => product(`C-${n}`, `Cable ${n}`));
  await loaded(base, [...cables, product("C-X", "Cable that is rather a long one to name", { specs })]);
  const filters = { specs: [{ key: "length", op: "eq" as const, value: 7, unit: "m" }] };
  expect(await searched(base, "cable", filters)).toMatchObject({ relaxed: false });
  expect(idsOf(await searched(base, "cable", filters))).toEqual(["C-X"]);
  await base.close();
});

test("what a load withdraws leaves the index, what another origin has stays in it", async () => {
  const own = await subsetServer();
  const base = await openSearchKnowledge(own.url);
  const [desk, floor] = [product("L-1", "Desk lamp"), product("L-2", "Floor lamp")];
  await loaded(base, [desk, floor]);
  await loaded(base, [product("L-3", "Ceiling lamp")], "second file");
  await loaded(base, [floor]);
  expect(own.documents()).toBe(2);
  expect(idsOf(await searched(base, "lamp")).sort()).toEqual(["L-2", "L-3"]);
  await base.close();
  await own.close();
});

test("a server that is slow is not waited for, and one that is gone is said to be", async () => {
  const own = await subsetServer();
  const base = await openSearchKnowledge(own.url);
  await loaded(base, [product("L-1", "Desk lamp")]);
  const lookup = { text: "lamp", lang: "en", currency: "USD", filters: {}, limit: 5 } as const;
  own.delay(5_000);
  expect(await base.search.find({ kind: "search", ...lookup }, 50)).toMatchObject({
    entries: [],
    partial: true,
  });
  await own.close();
  await expect(searched(base, "lamp")).rejects.toMatchObject({ code: "unavailable" });
  expect(idsOf(await base.search.find({ kind: "products", skus: ["L-1"] }, 1_000))).toEqual(["L-1"]);
  await base.close();
});

test("user and password go along, and a refusal names the server, never the password", async () => {
  const own = await subsetServer("parley:s3cret");
  const base = await openSearchKnowledge(own.url);
  await loaded(base, [product("L-1", "Desk lamp")]);
  expect(idsOf(await searched(base, "lamp"))).toEqual(["L-1"]);
  const wrong = openSearchCatalogue(`${own.url.replace("s3cret", "guess")}/other`);
  await expect(wrong).rejects.toThrow(/127\.0\.0\.1:\d+ answered 401$/);
  await base.close();
  await own.close();
});

import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../domain/fault.ts";
import type { Search } from "../ports/search.ts";
import type { Facts, Finding } from "./lexical/facts.ts";

/** `facts` are the store's; `local` does whatever is not found by words of products. Both are closed with the search. */
type Driver = (url: string, facts: Facts, local: Search) => Promise<Finding>;

/** Each scheme of a search address, loaded only when it is named. */
const DRIVERS: Readonly<Record<string, Driver>> = {
  "postgres:": postgresFinding,
  "postgresql:": postgresFinding,
  "opensearch:": openSearchFinding,
  "opensearchs:": openSearchFinding,
};

async function postgresFinding(url: string, facts: Facts, local: Search): Promise<Finding> {
  const { openPostgresFinding } = await import("./postgres/finding.ts");
  return openPostgresFinding(url, facts, local);
}

async function openSearchFinding(url: string, facts: Facts, local: Search): Promise<Finding> {
  const [{ openSearchCatalogue }, { openSearch }] = await Promise.all([
    import("./opensearch/catalogue.ts"),
    import("./opensearch/search.ts"),
  ]);
  return { catalogue: await openSearchCatalogue(url), search: openSearch(url, facts, local) };
}

/** As a setting is checked by. */
export const SEARCH_SCHEMES: readonly string[] = Object.keys(DRIVERS).map((scheme) => scheme.slice(0, -1));

/**
 * Opens what `url` names to find products in, beside the store in `db`.
 * @throws Fault `bad_config` or `unavailable` naming the place when it cannot be used or reached.
 */
export async function openFinding(url: string, db: DatabaseSync, local: Search): Promise<Finding> {
  const driver = DRIVERS[new URL(url).protocol];
  if (driver === undefined)
    throw new Fault("bad_config", `a search address begins with one of ${SEARCH_SCHEMES.join("://, ")}://`);
  const { sqliteFacts } = await import("./sqlite/facts.ts");
  const facts = sqliteFacts(db);
  return driver(url, facts, local).catch(async (cause: unknown) => {
    await facts.close();
    throw cause;
  });
}

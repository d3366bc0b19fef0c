import { describe } from "vitest";
import { hindsightContract } from "../contracts/hindsight.ts";
import { onPostgres, onSqlite } from "./hindsight-stores.ts";
import { isThere } from "./postgres/knowledge.ts";

hindsightContract("SQLite", onSqlite);

describe.runIf(await isThere())("on a server", () => {
  hindsightContract("PostgreSQL", onPostgres);
});

import { Fault } from "../domain/fault.ts";
import type { Found, Lookup } from "../domain/lookup.ts";
import type { Viewer } from "../ports/search.ts";
import type { House } from "./house.ts";

/**
 * What a turn asks for, as things stand now. Orders, prices and "no longer sold" hang on what is named by its code: what of
 * it was not read in time is not taken for gone.
 * @throws Fault `unavailable` where that is so; the same may be sent again
 */
export async function lookUp(
  { search, search_ms, store }: Pick<House, "search" | "search_ms" | "store">,
  lookup: Lookup,
  viewer: Viewer,
): Promise<Found> {
  if (lookup.kind === "budgets") {
    const used = await store.used(lookup.accounts, viewer);
    return { lookup, entries: [], stock: {}, partial: false, used };
  }
  const found = await search.find(lookup, search_ms, viewer);
  if (found.partial && (lookup.kind === "products" || lookup.kind === "bundles"))
    throw new Fault("unavailable", "the goods could not be looked up in time; send the same again");
  return found;
}

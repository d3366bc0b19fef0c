import { computed, signal } from "@preact/signals";
import { comeBack } from "./away.ts";

/** Where the console is, as its address says: a page, what it is about, and how it is filtered. */
export interface Route {
  readonly page: string;
  /** The session of a conversation. */
  readonly id: string | null;
  readonly query: Readonly<Record<string, string>>;
}

const hash = signal(comeBack());
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed<Route>(() => {
  const [path = "", query = ""] = hash.value.replace(/^#\/?/, "").split("?");
  const [page, id] = path.split("/").map(decodeURIComponent);
  return { page: page || "inbox", id: id || null, query: Object.fromEntries(new URLSearchParams(query)) };
});

/** The address of a page; what is empty in its query is left out. */
export function at(page: string, id?: string | null, query: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ""}${search}`;
}

export function go(page: string, id?: string | null, query?: Readonly<Record<string, string>>): void {
  location.hash = at(page, id, query);
}

/** Filters change the address and leave no step behind to go back through. */
export function filter(changes: Readonly<Record<string, string>>): void {
  const { page, id, query } = route.value;
  history.replaceState(null, "", at(page, id, { ...query, ...changes }));
  hash.value = location.hash;
}

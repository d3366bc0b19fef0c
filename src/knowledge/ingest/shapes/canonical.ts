import type { Draft, Row, Shape } from "../source.ts";

const KINDS: ReadonlySet<unknown> = new Set(["product", "bundle", "policy", "faq", "review", "answer"]);

/** Parley's own entries (domain/entry.ts) without `source`, which the load fills in. */
export const canonical: Shape = {
  name: "Parley entries",
  needs: "kind (product, bundle, policy, faq, review or answer), id and the fields of that kind",
  fits: (columns) => columns.has("kind") && columns.has("id"),
  *drafts({ value }: Row): Iterable<Draft> {
    const { source: _, ...entry } = value;
    yield KINDS.has(value.kind) ? entry : { ...entry, kind: String(value.kind) };
  },
};

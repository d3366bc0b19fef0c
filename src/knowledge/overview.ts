import type { Known } from "../domain/evidence.ts";
import type { Fact } from "../domain/fact.ts";
import type { State } from "../domain/state.ts";
import { factsOf } from "./facts.ts";
import { gist } from "./match.ts";

/** The words that name the product, in either language. */
export function nameOf({ product }: Known): string {
  return [product.title.en, product.title.ko, product.brand].join(" ");
}

/** What is asked of the product, without the words that only name it. */
export function aboutProduct(terms: readonly string[], known: Known): readonly string[] {
  const name = gist(nameOf(known));
  const rest = terms.filter((term) => term.startsWith("@") || !name.terms.has(term));
  return rest.length > 0 ? rest : terms;
}

/** Nothing particular is asked of it: the question names it and no more. */
export function isOverview(terms: readonly string[], known: Known): boolean {
  const name = gist(nameOf(known));
  return terms.every((term) => !term.startsWith("@") && name.terms.has(term));
}

/** What it is, in the vendor's words, with the figures that tell most about it: those stated first. */
export function overview({ product, version, live, stock }: Known, { lang, currency }: State): Fact[] {
  const facts = factsOf({ entry: product, version, live }, stock);
  const described = facts.find((fact) => fact.key === "description" && fact.lang === lang);
  const specs = facts.filter(({ id }) => id.includes("#spec."));
  const price = live ? facts.filter(({ kind, unit }) => kind === "price" && unit === currency) : [];
  return [
    ...(described ? [described] : []),
    ...specs.slice(0, SPECS),
    ...price,
    ...facts.filter(({ kind }) => kind === "stock"),
  ];
}

/** Specs of an overview. */
const SPECS = 5;

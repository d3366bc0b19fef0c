import type { Product } from "../domain/entry.ts";
import type { LimitRule, Limits, Match } from "../domain/limits.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { Finding } from "../negotiation/finding.ts";
import { matches, within } from "../negotiation/rules.ts";
import { STRATEGIES } from "../negotiation/strategies/index.ts";
import { nearest } from "./nearest.ts";

/**
 * Names in a vendor's limits that nothing bears. Goods may come later, so a product, category or brand that is not
 * there is only odd, unless it is so near one that is there that it can only be a slip of the pen.
 */
export function namesIn(vendor: Vendor, limits: Limits, products: readonly Product[]): Finding[] {
  return [...strategies(limits), ...(products.length === 0 ? [] : unborne(vendor, limits, products))];
}

function* strategies({ strategy, rules }: Limits): Iterable<Finding> {
  const names = STRATEGIES.map(({ name }) => name);
  const stances: { path: (string | number)[]; strategy: LimitRule["strategy"] }[] = [
    { path: [], strategy },
    ...rules.map((rule, i) => ({ path: ["rules", i], strategy: rule.strategy })),
  ];
  for (const { path, strategy } of stances) {
    for (const kind of ["machine", "person"] as const) {
      const name = strategy?.[kind];
      if (name === undefined || names.includes(name)) continue;
      yield {
        file: "limits.yaml",
        path: [...path, "strategy", kind],
        problem: `there is no strategy "${name}"${hint(name, names)}; the strategies are ${names.join(", ")}`,
      };
    }
  }
}

function* unborne({ subscribable }: Vendor, limits: Limits, products: readonly Product[]): Iterable<Finding> {
  const skus = products.map(({ id }) => id);
  const brands = [...new Set(products.flatMap(({ brand }) => brand ?? []))];
  const categories = [...new Set(products.flatMap(({ category }) => withParents(category)))];
  const known = { sku: skus, brand: brands, category: categories };
  const places: { path: (string | number)[]; match: Match | undefined }[] = [
    ...limits.rules.map(({ match }, i) => ({ path: ["rules", i, "match"], match })),
    ...limits.codes.map(({ match }, i) => ({ path: ["codes", i, "match"], match })),
    ...limits.budgets.map(({ match }, i) => ({ path: ["budgets", i, "match"], match })),
    ...limits.gifts.map(({ sku }, i) => ({ path: ["gifts", i], match: { sku } })),
  ];
  for (const { path, match } of places) {
    if (match === undefined || products.some((product) => matches(match, product))) continue;
    const strange = (["sku", "category", "brand"] as const).flatMap((key) => {
      const name = match[key];
      return name === undefined || isBorne(key, name, known[key]) ? [] : [{ key, name }];
    });
    for (const { key, name } of strange) {
      yield { file: "limits.yaml", path: [...path, key], ...unknown(WORDS[key], name, known[key]) };
    }
    if (strange.length === 0) {
      const problem = "no product has all of these; loosen it or drop it";
      yield { file: "limits.yaml", path, problem, odd: true };
    }
  }
  for (const [i, prefix] of subscribable.entries()) {
    if (isBorne("category", prefix, categories)) continue;
    yield {
      file: "vendor.yaml",
      path: ["subscribable", i],
      ...unknown(WORDS.category, prefix, categories),
    };
  }
}

const WORDS = { sku: "product", category: "category", brand: "brand" } as const;

function isBorne(key: keyof typeof WORDS, name: string, known: readonly string[]): boolean {
  return key === "category" ? known.some((one) => within(one, name)) : known.includes(name);
}

function unknown(what: string, name: string, known: readonly string[]): Pick<Finding, "problem" | "odd"> {
  const meant = known.find((one) => isSlip(name, one));
  if (meant?.normalize() === name.normalize())
    return {
      problem: `the ${what} "${name}" is typed with other characters than in the products, though it looks the same; copy it from there`,
    };
  if (meant !== undefined)
    return { problem: `there is no ${what} "${name}"; write "${meant}" if you mean that one` };
  return { problem: `there is no ${what} "${name}" in this folder${hint(name, known)}`, odd: true };
}

/** The nearest name, unless it has next to nothing of the one that was written. */
function hint(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const shared = [...new Set(folded(name))].filter((letter) => near.includes(letter)).length;
  return shared * 2 > near.length / 2 ? `; the nearest is "${near}"` : "";
}

/** Other capitals, dashes or spaces, one letter too many or too few, or two that changed places. */
function isSlip(written: string, meant: string): boolean {
  const [a, b] = [folded(written), folded(meant)];
  if (a.join("") === b.join("")) return true;
  if (Math.min(a.length, b.length) < 4) return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const at = short.findIndex((letter, i) => letter !== long[i]);
  const from = at < 0 ? short.length : at;
  const rest = (letters: readonly string[], skipped: number) => letters.slice(from + skipped).join("");
  if (long.length === short.length + 1) return rest(short, 0) === rest(long, 1);
  const swapped = a[from] === b[from + 1] && a[from + 1] === b[from];
  return a.length === b.length && swapped && rest(a, 2) === rest(b, 2);
}

/** Letters and digits alone; Korean in whole syllables, however it was typed. */
function folded(name: string): string[] {
  return [
    ...name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}/]/gu, ""),
  ];
}

/** "computers/laptops" lies in "computers" too. */
function withParents(category: string): string[] {
  const steps = category.split("/");
  return steps.map((_, i) => steps.slice(0, i + 1).join("/"));
}

import type { Product, Spec } from "../src/domain/entry.ts";
import { seeded } from "./statistics.ts";

/**
 * Products made of real ones: each is one of them with words of its title and description and values of its specs taken
 * from others of the same category, so that lengths and how common a word is follow the real catalogue, and with codes
 * of its own, so that rare words grow with the catalogue as they do in a real one.
 */
export function* manyLike(real: readonly Product[], many: number, seed: number): Generator<Product> {
  const random = seeded(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const alike = Map.groupBy(real, ({ category }) => category);
  const values = Map.groupBy(
    real.flatMap(({ category, specs }) => specs.map((spec) => ({ category, spec }))),
    ({ category, spec }) => `${category} ${spec.key}`,
  );

  for (let at = 0; at < many; at++) {
    const base = pick(real);
    const others = alike.get(base.category) ?? [base];
    const title = mixed(base.title.en ?? base.title.ko ?? "", () => pick(others).title.en ?? "");
    const description = base.description?.en;
    yield {
      kind: "product",
      id: `G-${at}`,
      source: { name: "generated", line: at + 1 },
      title: { en: title },
      category: base.category,
      price: { USD: Math.max(1, Math.round((base.price.USD ?? 1_000) * (0.5 + random()))) },
      specs: base.specs.map((spec) => respecified(spec, values.get(`${base.category} ${spec.key}`))),
      stock: random() < 0.2 ? 0 : Math.floor(random() * 100),
      ...(base.brand === undefined
        ? {}
        : { brand: random() < 0.8 ? base.brand : (pick(others).brand ?? base.brand) }),
      ...(description === undefined
        ? {}
        : { description: { en: mixed(description, () => pick(others).description?.en ?? "") } }),
      ...(base.mpn === undefined ? {} : { mpn: recoded(base.mpn) }),
    };
  }

  /** A third of the words are those that stand at the same place of another text. */
  function mixed(text: string, another: () => string): string {
    const [words, theirs] = [text.split(" "), another().split(" ")];
    return words
      .map((word, at) => (random() < 1 / 3 ? (theirs[at] ?? word) : word))
      .map((word) => (CODE.test(word) ? recoded(word) : word))
      .join(" ")
      .slice(0, 400);
  }

  function respecified(spec: Spec, known: readonly { readonly spec: Spec }[] | undefined): Spec {
    return known === undefined || random() < 0.5 ? spec : pick(known).spec;
  }

  /** The same letters, other digits. */
  function recoded(code: string): string {
    return code.replace(/\d/g, () => String(Math.floor(random() * 10)));
  }
}

/** What names one product or model: letters and at least three digits in one word. */
const CODE = /^(?=.*[a-z])(?=(?:.*\d){3})[\w-]{5,}$/i;

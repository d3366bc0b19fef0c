import { BOUNDS } from "../../domain/bounds.ts";
import type { Product, Spec } from "../../domain/entry.ts";
import type { Localized } from "../../domain/text.ts";

/** What a product's vector is made of: what it is, in every language, before what is told of it. Never a price. */
export function textOf(product: Product): string {
  const parts = [
    ...inEvery(product.title),
    product.brand,
    product.category.replaceAll("/", " "),
    ...(product.aliases ?? []),
    ...Object.values(product.options ?? {}),
    ...inEvery(product.description),
    ...product.specs.map(spoken),
  ];
  return parts
    .filter((part) => part !== undefined && part !== "")
    .join("\n")
    .slice(0, BOUNDS.embed_chars);
}

function inEvery(text: Localized | undefined): string[] {
  return [text?.en, text?.ko].filter((one) => one !== undefined);
}

function spoken({ key, label, value, unit }: Spec): string {
  const name = label?.en ?? label?.ko ?? key.replaceAll("_", " ");
  if (value === false) return "";
  return value === true ? name : `${name}: ${value}${unit === undefined ? "" : ` ${unit}`}`;
}

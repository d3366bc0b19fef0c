import type { Fault } from "../../../domain/fault.ts";
import { slug } from "../columns.ts";
import { isObject } from "../formats/jsonl.ts";
import { localized } from "../language.ts";
import { line } from "../plain.ts";
import { readPrice } from "../price.ts";
import { bad, type Draft, each, type Row, type Settings, type Shape, shown } from "../source.ts";
import { given } from "./fields.ts";

/** A product with its variants by code, as tau-bench's retail shop keeps them; dollars unless told else. */
export const variants: Shape = {
  name: "products with variants",
  needs: "product_id, name, variants {code: {options, available, price}}",
  fits: (columns) => ["product_id", "name", "variants"].every((name) => columns.has(name)),
  drafts({ value }: Row, settings: Settings): Iterable<Draft | Fault> {
    const name = typeof value.name === "string" ? line(value.name, 300) : "";
    if (name === "") throw bad("name is empty; every product needs a name");
    const list = value.variants;
    if (!isObject(list))
      throw bad(`variants is ${shown(list)}; write {"code": {"options": {...}, "price": 9.99}}`);
    return each(Object.entries(list), function* ([id, variant]) {
      if (!isObject(variant)) throw bad(`variants.${id} is ${shown(variant)}, which is no object`);
      const price = readPrice(variant.price, `variants.${id}.price`, settings.currency ?? "USD");
      const options = optionsOf(variant.options);
      const chosen = Object.values(options).join(", ");
      yield given({
        kind: "product",
        id,
        title: localized(chosen === "" ? name : line(`${name} (${chosen})`, 400)),
        category: slug(name) || "general",
        price: { [price.currency]: price.amount },
        specs: [],
        options: chosen === "" ? undefined : options,
        group: String(value.product_id),
        stock: variant.available === false ? 0 : undefined,
      });
    });
  },
};

function optionsOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.slice(0, 60), line(String(one), 120)]),
  );
}

import { Columns, snake } from "../columns.ts";
import { localized } from "../language.ts";
import { line, plain } from "../plain.ts";
import { bad, type Draft, type Row, type Shape, shown } from "../source.ts";
import { icecatCategory } from "./icecat_categories.ts";

/**
 * Icecat product sheets as querqy/chorus keeps them: `attr_t_` texts, `attr_n_` numbers without their unit, `attr_b_`
 * booleans, price in US cents, `supplier` the brand, `name` the manufacturer's part number.
 */
export const icecat: Shape = {
  name: "Icecat sheets",
  needs: "id, title, supplier, price (whole US cents) and attr_t_/attr_n_/attr_b_ attributes",
  fits: (columns) =>
    columns.has("id") && columns.has("supplier") && [...columns].some((name) => /^attr_[tnb]_/.test(name)),
  *drafts({ value }: Row): Iterable<Draft> {
    const row = new Columns(value);
    const title = line(row.text("title") ?? "", 400);
    const description = plain(row.text("short_description") ?? "", 20_000);
    const brand = row.text("supplier");
    const mpn = row.text("name");
    const gtin = gtins(row.take("ean"));
    yield {
      kind: "product",
      id: row.text("id") ?? "",
      title: localized(title),
      category: icecatCategory(title, row.text("attr_t_product_type"), Object.keys(value), description),
      price: { USD: cents(row.take("price")) },
      specs: specsOf(value),
      ...(brand === undefined ? {} : { brand }),
      ...(description === "" || description === title ? {} : { description: localized(description) }),
      ...(mpn === undefined || mpn.length > 120 ? {} : { mpn }),
      ...(gtin.length === 0 ? {} : { gtin }),
    };
  },
};

function cents(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw bad(`price is ${shown(value)}; this kind of file gives whole US cents above zero, 1299 for $12.99`);
}

function specsOf(row: Readonly<Record<string, unknown>>) {
  const specs: { key: string; value: string | number | boolean }[] = [];
  const taken = new Set<string>();
  for (const [name, value] of Object.entries(row)) {
    if (!/^attr_[tnb]_/.test(name)) continue;
    const key = snake(name.slice(7));
    // The same attribute may come as text and as number: the first one stands.
    if (key === "" || taken.has(key)) continue;
    taken.add(key);
    if (typeof value === "string") specs.push({ key, value: plain(value, 4_000) });
    else if (typeof value === "number" || typeof value === "boolean") specs.push({ key, value });
  }
  return specs;
}

function gtins(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list
    .filter((one): one is string => typeof one === "string" && one.length <= 20 && one !== "")
    .slice(0, 20);
}

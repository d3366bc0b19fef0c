import { Columns } from "../columns.ts";
import { readSpec } from "../measure.ts";
import { line } from "../plain.ts";
import { type Price, readPrice } from "../price.ts";
import type { Draft, Row, Settings, Shape } from "../source.ts";
import {
  given,
  readCategory,
  readDescription,
  readGtins,
  readSku,
  readStock,
  readTitle,
  stockFromAvailability,
} from "./fields.ts";

/**
 * Google Merchant Center product data (support.google.com/merchants/answer/7052112). Only columns that are about
 * the product become specs: what a merchant pays, its links and its advertising labels never do.
 */
export const merchant: Shape = {
  name: "Google Merchant feed",
  needs:
    "id, title, price (15.00 USD), availability; also brand, gtin, mpn, product_type, item_group_id, color, size",
  fits: (columns) =>
    ["id", "title", "price"].every((name) => columns.has(name)) &&
    ["availability", "item_group_id", "google_product_category", "image_link"].some((name) =>
      columns.has(name),
    ),
  *drafts({ value }: Row, settings: Settings): Iterable<Draft> {
    const row = new Columns(value);
    const id = readSku(row, "id");
    const title = readTitle(row, ["title", "structured_title"]);
    const price = currentPrice(row, settings);
    const group = row.text("item_group_id");
    const options = group === undefined ? {} : optionsOf(row);
    yield given({
      kind: "product",
      id,
      title,
      brand: row.text("brand")?.slice(0, 200),
      category: readCategory(row.text("product_type", "google_product_category")),
      description: readDescription(row, ["description"]),
      price: { [price.currency]: price.amount },
      specs: specsOf(row, options),
      options: Object.keys(options).length === 0 ? undefined : options,
      group,
      stock:
        stockFromAvailability(row.take("availability")) ??
        readStock(row.take("quantity", "sell_on_google_quantity", "inventory"), "quantity"),
      gtin: readGtins(row.take("gtin")),
      mpn: row.text("mpn")?.slice(0, 120),
    });
  },
};

/** The sale price while it holds, as the shop's own pages show it. */
function currentPrice(row: Columns, { currency, now }: Settings): Price {
  const price = readPrice(row.take("price"), "price", currency);
  const sale = row.take("sale_price");
  if (sale === undefined) return price;
  const [from, until] = (row.text("sale_price_effective_date") ?? "").split("/").map((at) => Date.parse(at));
  const at = Date.parse(now);
  if ((from !== undefined && from > at) || (until !== undefined && until < at)) return price;
  const reduced = readPrice(sale, "sale_price", price.currency);
  return reduced.currency === price.currency && reduced.amount < price.amount ? reduced : price;
}

const CHOICES = ["color", "size", "material", "pattern"];

function optionsOf(row: Columns): Record<string, string> {
  const options: Record<string, string> = {};
  for (const name of CHOICES) {
    const value = row.text(name);
    if (value !== undefined) options[name] = line(value, 120);
  }
  return options;
}

const ABOUT = [
  ...CHOICES,
  "condition",
  "gender",
  "age_group",
  "size_type",
  "size_system",
  "multipack",
  "energy_efficiency_class",
  "product_weight",
  "product_length",
  "product_width",
  "product_height",
  "shipping_weight",
  "unit_pricing_measure",
];

function specsOf(row: Columns, options: Readonly<Record<string, string>>) {
  const specs = ABOUT.filter((name) => !(name in options)).map((name) => {
    const value = row.take(name);
    return value === undefined ? null : readSpec(name.replace(/^product_/, ""), value);
  });
  // product_detail: "section:attribute:value,section:attribute:value", commas inside escaped.
  for (const detail of (row.text("product_detail") ?? "").split(/(?<!\\),/)) {
    const parts = detail.split(":").map((part) => part.replace(/\\,/g, ",").trim());
    if (parts.length >= 3 && parts[1]) specs.push(readSpec(parts[1], parts.slice(2).join(":")));
  }
  const highlight = row.text("product_highlight");
  if (highlight !== undefined) specs.push(readSpec("highlights", highlight));
  return specs.filter((spec) => spec !== null).slice(0, 400);
}

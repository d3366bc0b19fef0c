import type { Fault } from "../../../domain/fault.ts";
import { Columns } from "../columns.ts";
import { isObject } from "../formats/jsonl.ts";
import { languageOf } from "../language.ts";
import { readSpec } from "../measure.ts";
import { line, plain } from "../plain.ts";
import { readPrice } from "../price.ts";
import { type Draft, each, type Row, type Settings, type Shape } from "../source.ts";
import {
  given,
  readCategory,
  readDate,
  readDescription,
  readRating,
  readSku,
  readStock,
  readTitle,
  readWords,
} from "./fields.ts";

/** dummyjson.com products: stock, warranty, shipping, returns and reviews in one record; dollars unless told else. */
export const dummyjson: Shape = {
  name: "DummyJSON products",
  needs: "sku, title, price, stock, warrantyInformation, returnPolicy, reviews[]",
  fits: (columns) =>
    ["sku", "title", "price", "warranty_information", "return_policy"].every((name) => columns.has(name)),
  *drafts({ value }: Row, settings: Settings): Iterable<Draft | Fault> {
    const row = new Columns(value);
    const sku = readSku(row, "sku");
    const price = readPrice(row.take("price"), "price", settings.currency ?? "USD");
    const size = row.take("dimensions");
    const specs = [
      readSpec("weight", row.take("weight")),
      ...(isObject(size) ? Object.entries(size).map(([side, length]) => readSpec(side, length)) : []),
      readSpec("warranty", row.take("warranty_information")),
      readSpec("shipping", row.take("shipping_information")),
      readSpec("return_policy", row.take("return_policy")),
      readSpec("minimum_order_quantity", row.take("minimum_order_quantity")),
    ];
    yield given({
      kind: "product",
      id: sku,
      title: readTitle(row, ["title"]),
      brand: row.text("brand"),
      category: readCategory(row.text("category")),
      description: readDescription(row, ["description"]),
      price: { [price.currency]: price.amount },
      stock: readStock(row.take("stock"), "stock"),
      aliases: readWords(row.take("tags")),
      specs: specs.filter((spec) => spec !== null),
    });
    const reviews = row.take("reviews");
    yield* each((Array.isArray(reviews) ? reviews : []).entries(), function* ([index, review]) {
      if (isObject(review)) yield reviewOf(sku, index + 1, review);
    });
  },
};

function reviewOf(sku: string, number: number, review: Readonly<Record<string, unknown>>): Draft {
  const text = plain(String(review.comment ?? ""), 20_000);
  return given({
    kind: "review",
    id: `review/${sku}/${number}`,
    sku,
    rating: readRating(review.rating, "reviews.rating"),
    text,
    author: typeof review.reviewerName === "string" ? line(review.reviewerName, 120) : undefined,
    date: readDate(review.date),
    lang: languageOf(text),
  });
}

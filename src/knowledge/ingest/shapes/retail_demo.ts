import { Columns } from "../columns.ts";
import { readSpec } from "../measure.ts";
import { readPrice } from "../price.ts";
import type { Draft, Row, Settings, Shape } from "../source.ts";
import { given, readCategory, readDescription, readSku, readStock, readTitle } from "./fields.ts";

/** Products of the AWS retail demo store: category and style, stock on hand; dollars unless told else. */
export const retailDemo: Shape = {
  name: "AWS retail demo store",
  needs: "id, name, category, style, price, current_stock",
  fits: (columns) => ["id", "name", "style", "price", "current_stock"].every((name) => columns.has(name)),
  *drafts({ value }: Row, settings: Settings): Iterable<Draft> {
    const row = new Columns(value);
    const price = readPrice(row.take("price"), "price", settings.currency ?? "USD");
    const specs = [readSpec("style", row.take("style")), genderOf(row.text("gender_affinity"))];
    yield given({
      kind: "product",
      id: readSku(row, "id"),
      title: readTitle(row, ["name"]),
      category: readCategory([row.text("category"), row.text("style")].filter(Boolean).join("/")),
      description: readDescription(row, ["description"]),
      price: { [price.currency]: price.amount },
      stock: readStock(row.take("current_stock"), "current_stock"),
      specs: specs.filter((spec) => spec !== null),
    });
  },
};

function genderOf(letter: string | undefined) {
  const names: Readonly<Record<string, string>> = { F: "women", M: "men" };
  return readSpec("gender", names[letter ?? ""]);
}

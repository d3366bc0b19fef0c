import type { Spec } from "../../../domain/entry.ts";
import type { Fault } from "../../../domain/fault.ts";
import type { Amount, Currency } from "../../../domain/money.ts";
import { isObject } from "../formats/jsonl.ts";
import { localized } from "../language.ts";
import { readSpec, readUnit } from "../measure.ts";
import { line, plain } from "../plain.ts";
import { readCurrency, readPrice } from "../price.ts";
import { bad, type Draft, each, type Row, type Settings, type Shape, shown } from "../source.ts";
import { given, readCategory, readGtins, stockFromAvailability } from "./fields.ts";
import { all, is, type Node, nodesOf, text } from "./json_ld.ts";
import { faqsOf, reviewsOf } from "./schema_org_words.ts";

/** schema.org JSON-LD: Product and ProductGroup with their offers, properties and reviews; FAQPage. */
export const schemaOrg: Shape = {
  name: "schema.org JSON-LD",
  needs: '"@type": Product (sku, name, offers.price, offers.priceCurrency), ProductGroup or FAQPage',
  fits: (columns) =>
    ["type", "graph"].some((name) => columns.has(name)) && (columns.has("context") || columns.has("graph")),
  drafts: ({ value }: Row, settings: Settings) =>
    each(nodesOf(value), (node) => {
      if (is(node, "ProductGroup")) return groupDrafts(node, settings);
      return is(node, "Product") ? productDrafts(node, {}, settings) : faqsOf(node);
    }),
};

/** Variants inherit what only the group says. */
function* groupDrafts(group: Node, settings: Settings): Iterable<Draft | Fault> {
  const { hasVariant, review, aggregateRating, "@type": _, sku: __, name, ...inherited } = group;
  const id = text(group.productGroupID) ?? text(group.sku) ?? text(name);
  if (id === undefined) throw bad("a ProductGroup has neither productGroupID nor name");
  const variesBy = all(group.variesBy)
    .filter((one) => typeof one === "string")
    .map((one) => one.replace(/^.*[/:#]/, ""));
  const choices = variesBy.length > 0 ? variesBy : ["color", "size", "material", "pattern"];
  yield* each(all(hasVariant).filter(isObject), (variant) => {
    const whole = { name, ...inherited, ...variant };
    const options = Object.fromEntries(
      choices.flatMap((choice) => {
        const value = text(variant[choice]);
        return value === undefined ? [] : [[choice, line(value, 120)]];
      }),
    );
    return productDrafts(whole, { group: line(id, 200), options }, settings);
  });
}

function* productDrafts(
  product: Node,
  { group, options }: { group?: string; options?: Record<string, string> },
  settings: Settings,
): Iterable<Draft | Fault> {
  const sku = text(product.sku) ?? text(product.productID) ?? readGtins(product.gtin13 ?? product.gtin)?.[0];
  const name = line(text(product.name) ?? "", 400);
  if (sku === undefined) throw bad(`the product ${shown(name)} has no sku; add "sku" to its JSON-LD`);
  if (name === "") throw bad(`the product ${shown(sku)} has no name`);
  const description = plain(text(product.description) ?? "", 20_000);
  const offers = offersOf(product.offers);
  yield given({
    kind: "product",
    id: sku,
    title: localized(name),
    brand: text(product.brand),
    category: readCategory(text(product.category)),
    description: description === "" ? undefined : localized(description),
    price: pricesOf(offers, sku, settings),
    specs: specsOf(product, options ?? {}),
    group: group ?? text(product.inProductGroupWithID),
    options: options !== undefined && Object.keys(options).length > 0 ? options : undefined,
    stock: stockOf(offers),
    gtin: readGtins(["gtin", "gtin8", "gtin12", "gtin13", "gtin14"].flatMap((key) => all(product[key]))),
    mpn: text(product.mpn)?.slice(0, 120),
  });
  yield* reviewsOf(product.review, sku);
}

/** The offers one by one; an AggregateOffer stands for those inside it. */
function offersOf(value: unknown): Node[] {
  return all(value)
    .filter(isObject)
    .flatMap((offer) =>
      is(offer, "AggregateOffer") && offer.offers !== undefined ? offersOf(offer.offers) : [offer],
    );
}

/** The lowest offer of each currency; a range without its offers is no price. */
function pricesOf(offers: readonly Node[], sku: string, settings: Settings): Record<Currency, Amount> {
  const prices: Record<Currency, Amount> = {};
  for (const offer of offers) {
    const detail = all(offer.priceSpecification).filter(isObject)[0] ?? {};
    const low = offer.lowPrice;
    const high = offer.highPrice ?? low;
    const value = offer.price ?? detail.price ?? (String(low) === String(high) ? low : undefined);
    if (value === undefined && low !== undefined) {
      throw bad(
        `offers of ${shown(sku)} is a range of ${String(low)} to ${String(high)}; list each variant with its price`,
      );
    }
    if (value === undefined) continue;
    const named = readCurrency(offer.priceCurrency ?? detail.priceCurrency);
    const { currency, amount } = readPrice(value, "offers.price", named ?? settings.currency);
    prices[currency] = Math.min(amount, prices[currency] ?? amount);
  }
  if (Object.keys(prices).length === 0)
    throw bad(`the product ${shown(sku)} has no offers.price; add one to its JSON-LD`);
  return prices;
}

function stockOf(offers: readonly Node[]): number | undefined {
  const levels = offers.map((offer) => {
    const level = offer.inventoryLevel;
    const units = Number(isObject(level) ? level.value : level);
    return Number.isInteger(units) && units >= 0 ? units : stockFromAvailability(offer.availability);
  });
  return levels.length > 0 && levels.every((level) => level === 0)
    ? 0
    : levels.find((level) => level !== undefined && level > 0);
}

const MEASURED = ["weight", "width", "height", "depth"];
const WORDED = [
  "color",
  "size",
  "material",
  "pattern",
  "model",
  "itemCondition",
  "countryOfOrigin",
  "releaseDate",
];

function specsOf(product: Node, options: Readonly<Record<string, string>>): Spec[] {
  const found = [...MEASURED, ...WORDED]
    .filter((name) => !(name in options))
    .map((name) => specOf(name, product[name]))
    .concat(
      all(product.additionalProperty).map((one) =>
        isObject(one) ? specOf(text(one.name) ?? text(one.propertyID) ?? "", one) : null,
      ),
    );
  const rating = product.aggregateRating;
  if (isObject(rating)) {
    found.push(
      specOf("rating", rating.ratingValue),
      specOf("review_count", rating.reviewCount ?? rating.ratingCount),
    );
  }
  const byKey = new Map<string, Spec>();
  for (const spec of found) if (spec !== null && !byKey.has(spec.key)) byKey.set(spec.key, spec);
  return [...byKey.values()].slice(0, 400);
}

/** A plain value, or a QuantitativeValue or PropertyValue with `unitText` or a UN/CEFACT `unitCode`. */
function specOf(name: string, member: unknown): Spec | null {
  const values = all(member).map((one) => (isObject(one) ? (one.value ?? one.name) : one));
  const holder = all(member).find(isObject);
  const told = text(holder?.unitText) ?? text(holder?.unitCode);
  const value = values.length > 1 ? values : values[0];
  if (value === undefined || name === "") return null;
  const short = typeof value === "string" ? value.replace(/^https?:\/\/schema\.org\//, "") : value;
  const unit = told === undefined ? undefined : readUnit(told);
  if (told === undefined || unit !== undefined) return readSpec(name, short, unit);
  return readSpec(name, `${String(short)} ${told}`);
}

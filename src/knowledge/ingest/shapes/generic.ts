import type { Spec } from "../../../domain/entry.ts";
import type { Amount, Currency } from "../../../domain/money.ts";
import { Columns } from "../columns.ts";
import { isObject } from "../formats/jsonl.ts";
import { readSpec } from "../measure.ts";
import { line } from "../plain.ts";
import { readCurrency, readPrice } from "../price.ts";
import { bad, type Draft, type Row, type Settings, type Shape, shown } from "../source.ts";
import {
  given,
  readCategory,
  readDescription,
  readGtins,
  readSku,
  readStock,
  readTitle,
  readWords,
} from "./fields.ts";

const ID = words(
  "sku id item_id product_id product_code item_code code variant_sku 상품코드 상품번호 제품코드 품번 코드",
);
const TITLE = words("title name product_name product_title item_name 상품명 제품명 품명 이름");
const PRICE = words(
  "price list_price unit_price retail_price selling_price variant_price 가격 판매가 판매가격 정가 단가",
);
const STOCK = words(
  "stock current_stock quantity qty inventory stock_quantity on_hand variant_inventory_qty 재고 재고수량 수량",
);
const CATEGORY = words("category product_type categories department type 카테고리 분류 상품분류");
const DESCRIPTION = words("description desc short_description body_html 설명 상품설명 상세설명");
const GROUP = words("group item_group_id parent_sku parent_id 그룹 그룹코드");
const CHOICES = {
  color: words("color colour 색상 색깔"),
  size: words("size 사이즈"),
  style: words("option 옵션"),
};

/** A price list of whatever shop, by the usual names of its columns in English and Korean. */
export const generic: Shape = {
  name: "product table",
  needs:
    "sku (or id, 상품코드), title (or name, 상품명), price (or 가격, or price_usd, price_krw); the rest become specs",
  fits: (columns) =>
    ID.some((name) => columns.has(name)) &&
    [...TITLE, "title_en", "title_ko", "name_en", "name_ko"].some((name) => columns.has(name)) &&
    [...columns].some((name) => PRICE.includes(name) || /^price_[a-z]{3}$/.test(name)),
  *drafts({ value }: Row, settings: Settings): Iterable<Draft> {
    const row = new Columns(value);
    const group = row.text(...GROUP);
    const options = group === undefined ? undefined : optionsOf(row);
    yield given({
      kind: "product",
      id: readSku(row, ...ID),
      title: readTitle(row, TITLE),
      brand: row.text("brand", "vendor", "maker", "브랜드")?.slice(0, 200),
      category: readCategory(row.text(...CATEGORY)),
      description: readDescription(row, DESCRIPTION),
      price: readPrices(row, settings),
      stock: readStock(row.take(...STOCK), row.heading(...STOCK)),
      group,
      options,
      aliases: readWords(row.take("aliases", "keywords", "tags", "search_terms", "검색어", "키워드", "태그")),
      gtin: readGtins(row.take("gtin", "ean", "upc", "isbn", "barcode", "variant_barcode", "바코드")),
      mpn: row.text("mpn", "part_number", "model_number", "모델번호")?.slice(0, 120),
      specs: specsOf(row),
    });
  },
};

function words(list: string): string[] {
  return list.split(" ");
}

/** `price` in the row's own, its column's or the given currency, and every `price_xxx` in its own. */
function readPrices(row: Columns, settings: Settings): Record<Currency, Amount> {
  const code = row.text("currency", "currency_code", "price_currency", "통화");
  const currency = readCurrency(code) ?? undefined;
  if (code !== undefined && currency === undefined) {
    throw bad(`currency is ${shown(code)}, which is no ISO 4217 code; write USD, KRW, EUR ...`);
  }
  const prices: Record<Currency, Amount> = {};
  for (const { key, value } of row.rest()) {
    const named = /^price_([a-z]{3})$/.exec(key);
    const own = readCurrency(named?.[1]);
    if (own !== null) prices[own] = readPrice(value, key, own).amount;
  }
  const price = row.take(...PRICE);
  const amount = isObject(price) ? (price.amount ?? price.value) : price;
  const told = isObject(price) ? (readCurrency(price.currency) ?? currency) : currency;
  if (amount === undefined && Object.keys(prices).length === 0) {
    throw bad("price is empty; write it like 15.00 USD, or leave the row out");
  }
  if (amount === undefined) return prices;
  const read = readPrice(amount, row.heading(...PRICE), told ?? settings.currency);
  return { ...prices, [read.currency]: read.amount };
}

function optionsOf(row: Columns): Record<string, string> | undefined {
  const options: Record<string, string> = {};
  for (const [name, columns] of Object.entries(CHOICES)) {
    const value = row.text(...columns);
    if (value !== undefined) options[name] = line(value, 120);
  }
  return Object.keys(options).length === 0 ? undefined : options;
}

/**
 * SECRET by its heading: a price list often carries what the goods cost the shop. Nothing of that kind, and no
 * second price, may become a public spec.
 */
const PRIVATE =
  /cost|margin|profit|wholesale|purchas|price|discount|floor|msrp|commission|supplier|internal|private|secret|memo|note|원가|매입|마진|도매|공급|이익|수수료|할인|최저|가격|판매가|내부|메모|비고/;

/** Addresses, pictures and housekeeping say nothing about the goods. */
const HOUSEKEEPING =
  /(^|_)(url|link|image|images|img|thumbnail|photo|picture|src|handle|status|published|visible|promoted|created|updated|position)(_|$)|_at$|이미지|링크/;

function specsOf(row: Columns): Spec[] {
  const specs = new Map<string, Spec>();
  const add = (heading: string, value: unknown) => {
    const spec = readSpec(heading, value);
    if (spec !== null && !specs.has(spec.key)) specs.set(spec.key, spec);
  };
  for (const { key, heading, value } of row.rest()) {
    if (PRIVATE.test(key) || HOUSEKEEPING.test(key)) continue;
    if (!isObject(value)) add(heading, value);
    else
      for (const inner of new Columns(value).rest())
        if (!PRIVATE.test(inner.key)) add(inner.heading, inner.value);
  }
  return [...specs.values()].slice(0, 400);
}

import type { Hono } from "hono";
import { etag } from "hono/etag";
import { z } from "zod";
import type { Product } from "../domain/entry.ts";
import { Fault, problemsOf } from "../domain/fault.ts";
import { Currency } from "../domain/money.ts";
import { notSoldIn } from "../domain/problems.ts";
import { inLang, Lang } from "../domain/text.ts";
import type { Gateway } from "../session/gateway.ts";
import type { Guests } from "../session/guests.ts";
import type { Proxies } from "./address.ts";
import { cameFrom } from "./http.ts";

/** What a page of goods is asked for. */
const Asked = z.object({
  lang: Lang.default("en"),
  currency: Currency.optional(),
  q: z.string().max(400).default(""),
  category: z.string().max(200).optional(),
});

const MOST = 50;
const DEADLINE_MS = 2_000;

/** The goods as anybody may see them, at list prices: what the demo shop shows. */
export function shop(
  app: Hono,
  gateway: Gateway,
  options: { readonly guests: Guests; readonly proxies: Proxies },
): void {
  app.use("/v1/shop", etag());
  app.get("/v1/shop", async (c) => {
    options.guests.ofAddress(cameFrom(c, options.proxies), 0);
    const asked = Asked.safeParse(c.req.query());
    if (!asked.success) throw new Fault("bad_frame", problemsOf(asked.error));
    const { vendor } = gateway.house.policy();
    const currencies = Object.keys(vendor.default_ship_to);
    const { lang, q, category, currency = currencies[0] ?? "" } = asked.data;
    if (!currencies.includes(currency)) throw notSoldIn(currencies);
    const filters = category === undefined ? {} : { category };
    const lookup = { kind: "search" as const, text: q, lang, currency, filters, limit: MOST };
    const { entries, stock } = await gateway.house.search.find(lookup, DEADLINE_MS);
    const products = entries.flatMap(({ entry }) =>
      entry.kind === "product" ? [shown(entry, lang, currency, stock[entry.id] ?? 0)] : [],
    );
    c.header("cache-control", "public, max-age=60");
    return c.json({
      name: inLang(vendor.name, lang),
      languages: vendor.languages,
      currencies,
      currency,
      products,
    });
  });
}

function shown(product: Product, lang: Lang, currency: string, stock: number) {
  const { id, title, brand, category, description, specs, price } = product;
  return {
    sku: id,
    title: inLang(title, lang),
    ...{ brand, category, currency, price: price[currency] ?? null },
    description: description ? inLang(description, lang) : "",
    in_stock: stock > 0,
    image: String(specs.find(({ key }) => key === "image")?.value ?? "") || null,
    specs: specs
      .filter(({ key }) => key !== "image")
      .slice(0, 8)
      .map(({ key, value, unit, label }) => ({
        label: label ? inLang(label, lang) : key.replaceAll("_", " "),
        value: `${value}${unit ? ` ${unit}` : ""}`,
      })),
  };
}

import type { Fact } from "../../domain/fact.ts";
import type { Card, Comparison } from "../../domain/reply.ts";
import { button, h } from "./dom.ts";
import { fill, money, named, number, percent } from "./figures.ts";
import type { Stage } from "./stage.ts";
import { words } from "./words.ts";

/** A product a reply shows, with its picture where there is one, and a way to an offer. */
export function productCard(card: Card, stage: Stage): HTMLElement {
  const { sku, title, list_price, currency, stock, specs, rating } = card;
  const src = stage.picture(sku, specs);
  const facts = specs.filter(({ key }) => key !== "image").slice(0, 3);
  const stars = rating && fill(words.rated, number(rating.mean10 / 10), rating.count);
  const ask = () => stage.act({ act: "propose", lines: [{ item: { sku }, quantity: 1 }] });
  return h(
    "div.product",
    { role: "group", ariaLabel: title },
    src && h("img", { src, alt: "", loading: "lazy" }),
    h("h3", title),
    h("p", h("b", money(list_price, currency)), " · ", stock ? words.inStock : words.outOfStock),
    h("small.note", [...facts.map(factText), stars].filter(Boolean).join(" · ")),
    stock > 0 && button(words.askOffer, ask, "button", { ariaLabel: `${words.askOffer}: ${title}` }),
  );
}

/** Products side by side, a row for each property. */
export function comparisonTable(
  { skus, rows }: Comparison,
  titles: ReadonlyMap<string, string>,
): HTMLElement {
  const heads = skus.map((sku) => h("th", { scope: "col" }, titles.get(sku) ?? sku));
  return h(
    "div.scroll",
    { tabIndex: 0, role: "region", ariaLabel: words.compare },
    h(
      "table",
      h("tr", h("td"), heads),
      rows.map(({ values }) => {
        const fact = values.find((one) => one !== null);
        const cells = values.map((one) => h("td", one ? shown(one) : "–"));
        return fact && h("tr", h("th", { scope: "row" }, nameOf(fact)), cells);
      }),
    ),
  );
}

function nameOf({ key, label }: Fact): string {
  return label?.[words.lang as "en"] ?? named(words.key, key, key.replaceAll("_", " "));
}

export function factText(fact: Fact): string {
  return `${nameOf(fact)}: ${shown(fact)}`;
}

function shown({ kind, value, unit = "" }: Fact): string {
  if (kind === "stock") return value ? words.inStock : words.outOfStock;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value !== "number") return value ?? "–";
  if (kind === "price") return money(value, unit);
  return unit === "%" ? percent(value) : `${number(value)} ${unit}`;
}

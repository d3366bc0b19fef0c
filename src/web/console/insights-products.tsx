import { useId } from "preact/hooks";
import type { Insights, ProductSales } from "../../protocol/insights.ts";
import { Share } from "./bars.tsx";
import { money, number } from "./figures.ts";
import { t } from "./words.ts";

/** What sells, and what is offered and does not. */
export function Products({ products: { best, worst } }: Pick<Insights, "products">) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{t("insights.products")}</h2>
      <List title={t("insights.best")} products={best} />
      <List title={t("insights.worst")} products={worst} />
    </section>
  );
}

function List({ title, products }: { title: string; products: readonly ProductSales[] }) {
  if (products.length === 0) return null;
  return (
    <div class="scrolls">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" class="amount">
              {t("insights.offered")}
            </th>
            <th scope="col" class="amount">
              {t("insights.sold")}
            </th>
            <th scope="col" class="amount">
              {t("insights.brought")}
            </th>
          </tr>
        </thead>
        <tbody>
          {products.map(({ sku, title: name, offered, sold, money: brought }) => (
            <tr key={sku}>
              <th scope="row">
                {name} <small>{sku}</small>
              </th>
              <td class="amount">{number(offered)}</td>
              <td class="amount">
                {number(sold)}
                <Share part={sold} of={offered} />
              </td>
              <td class="amount">
                {brought.length === 0
                  ? "–"
                  : brought.map(({ amount, currency }) => money(amount, currency)).join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

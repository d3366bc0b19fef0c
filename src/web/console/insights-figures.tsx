import { useId } from "preact/hooks";
import type { FiguresOfMany, Insights } from "../../protocol/insights.ts";
import { money, number, percent, took } from "./figures.ts";
import { type Key, t } from "./words.ts";

/** What a figure is called, its value (null where there is nothing to measure), how that reads, and what stands beneath it. */
export interface Figure {
  readonly name: Key;
  value(figures: FiguresOfMany): number | null;
  format(value: number): string;
  beneath?(figures: FiguresOfMany): string;
}

export const FIGURES: readonly Figure[] = [
  { name: "insights.sessions", value: ({ sessions }) => sessions, format: number },
  {
    name: "insights.close-rate",
    value: ({ close_bp }) => close_bp,
    format: percent,
    beneath: ({ closed, sessions }) => of(closed, sessions),
  },
  {
    name: "insights.alone",
    value: ({ alone_bp }) => alone_bp,
    format: percent,
    beneath: ({ alone, sessions }) => of(alone, sessions),
  },
  { name: "insights.first-offer", value: ({ first_offer_ms }) => first_offer_ms.median, format: took },
  {
    name: "insights.rounds",
    value: ({ rounds: { mean100 } }) => mean100,
    format: (mean100) => number(mean100 / 100, 1),
  },
  { name: "insights.handling", value: ({ handling_ms }) => handling_ms.median, format: took },
  {
    name: "insights.approval",
    value: ({ approval_ms }) => approval_ms.median,
    format: took,
    beneath: ({ approval_ms: { count } }) => t("insights.approvals", { count: number(count) }),
  },
  {
    name: "insights.cost",
    value: ({ model: { micro_usd_mean } }) => micro_usd_mean,
    format: (micro) => `$${number(micro / 1_000_000, 4)}`,
    beneath: ({ model: { unpriced } }) =>
      unpriced > 0 ? t("insights.unpriced", { count: number(unpriced) }) : "",
  },
];

/** As it reads; a dash where nothing was measured. */
function told({ value, format }: Figure, figures: FiguresOfMany): string {
  const found = value(figures);
  return found === null ? "–" : format(found);
}

function of(part: number, all: number): string {
  return t("insights.of", { part: number(part), all: number(all) });
}

export function Tiles({ figures }: { figures: FiguresOfMany }) {
  return (
    <div class="tiles">
      {FIGURES.map((figure) => (
        <dl class="tile" key={figure.name}>
          <dt>{t(figure.name)}</dt>
          <dd>{told(figure, figures)}</dd>
          {figure.beneath?.(figures) && <dd>{figure.beneath(figures)}</dd>}
        </dl>
      ))}
    </div>
  );
}

/** People and machines beside each other. */
export function Compared({ figures }: { figures: Insights["figures"] }) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{t("insights.compared")}</h2>
      <div class="scrolls">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{t("limits.figure")}</th>
              <th scope="col" class="amount">
                {t("insights.people")}
              </th>
              <th scope="col" class="amount">
                {t("insights.machines")}
              </th>
            </tr>
          </thead>
          <tbody>
            {FIGURES.map((figure) => (
              <tr key={figure.name}>
                <th scope="row">{t(figure.name)}</th>
                <td class="amount">{told(figure, figures.person)}</td>
                <td class="amount">{told(figure, figures.machine)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What came off the list price against what the limits would have let off; currencies are never added up. */
export function DiscountByCurrency({ figures }: { figures: FiguresOfMany }) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{t("insights.discount")}</h2>
      {figures.money.length === 0 ? (
        <p class="empty">{t("insights.no-orders")}</p>
      ) : (
        <ByCurrency figures={figures} />
      )}
    </section>
  );
}

function ByCurrency({ figures }: { figures: FiguresOfMany }) {
  return (
    <div class="scrolls">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t("insights.currency")}</th>
            <th scope="col" class="amount">
              {t("insights.orders")}
            </th>
            <th scope="col" class="amount">
              {t("insights.total")}
            </th>
            <th scope="col" class="amount">
              {t("insights.given")}
            </th>
            <th scope="col" class="amount">
              {t("insights.allowed")}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.money.map(({ currency, orders, total, list, given, allowed }) => (
            <tr key={currency}>
              <th scope="row">{currency}</th>
              <td class="amount">{number(orders)}</td>
              <td class="amount">{money(total, currency)}</td>
              <td class="amount">
                {money(given, currency)} <small>{list > 0 ? percent((given / list) * 10_000) : ""}</small>
              </td>
              <td class="amount">{allowed.known > 0 ? money(allowed.allowed, currency) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { Insights } from "../../protocol/insights.ts";
import * as api from "./api.ts";
import { Chart } from "./chart.tsx";
import { Choices } from "./choices.tsx";
import { day, percent } from "./figures.ts";
import { type Day, daily, nextDay } from "./insights-days.ts";
import { Compared, DiscountByCurrency, FIGURES, type Figure, Tiles } from "./insights-figures.tsx";
import { Products } from "./insights-products.tsx";
import { Resolution } from "./insights-resolution.tsx";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { filter, route } from "./route.ts";
import { Head } from "./shell.tsx";
import { t } from "./words.ts";

const SPANS = [7, 30, 90] as const;

/** What all conversations of a time came to; nothing is sampled. */
export function InsightsPage() {
  const { from = dayBefore(30), to = dayBefore(-1) } = route.value.query;
  const found = useSignal<Insights | null>(null);
  const fault = useSignal<ParleyFault | null>(null);
  useEffect(() => {
    let late = false;
    api.insights({ from, to }).then(
      (insights) => {
        if (late) return;
        found.value = insights;
        fault.value = null;
      },
      (error: unknown) => {
        if (!late) fault.value = asFault(error);
      },
    );
    return () => {
      late = true;
    };
  }, [from, to]);
  const insights = found.value;
  return (
    <>
      <Head title={t("page.insights")} />
      <p class="lead">{t("insights.lead")}</p>
      <Span from={from} to={to} />
      <Refusal fault={fault.value} />
      {!insights && !fault.value && <p class="empty">{t("inbox.loading")}</p>}
      {insights && !insights.complete && <p class="hint">{t("insights.incomplete")}</p>}
      {insights?.figures.all.sessions === 0 && <p class="empty">{t("insights.none")}</p>}
      {insights && insights.figures.all.sessions > 0 && <Report insights={insights} />}
    </>
  );
}

function Report({ insights }: { insights: Insights }) {
  const { figures, products } = insights;
  const days = daily(insights);
  const labels = days.map((one) => day(one.day));
  const [sessions, closeRate] = FIGURES;
  return (
    <>
      <Tiles figures={figures.all} />
      <div class="panels">
        {sessions && <OverTime days={days} labels={labels} first={sessions} />}
        {closeRate && <OverTime days={days} labels={labels} first={closeRate} />}
        <Resolution figures={figures} />
        {figures.all.money.map(({ currency }) => (
          <DiscountOverTime key={currency} days={days} labels={labels} currency={currency} />
        ))}
        <DiscountByCurrency figures={figures.all} />
        <Compared figures={figures} />
        <Products products={products} />
      </div>
    </>
  );
}

interface OverTimeProps {
  readonly days: readonly Day[];
  readonly labels: readonly string[];
}

/** One figure over the days, people and machines apart; which one is the reader's choice. */
function OverTime({ days, labels, first }: OverTimeProps & { first: Figure }) {
  const chosen = useSignal(first.name);
  const { name, value, format } = FIGURES.find((figure) => figure.name === chosen.value) ?? first;
  const of = (side: "person" | "machine") => days.map((one) => value(one[side]));
  return (
    <Chart
      title={t(name)}
      labels={labels}
      series={[
        { name: t("insights.people"), values: of("person") },
        { name: t("insights.machines"), values: of("machine") },
      ]}
      format={format}
    >
      <select
        class="small"
        aria-label={t("limits.figure")}
        value={name}
        onChange={({ currentTarget }) => {
          chosen.value = currentTarget.value as Figure["name"];
        }}
      >
        {FIGURES.map((figure) => (
          <option key={figure.name} value={figure.name}>
            {t(figure.name)}
          </option>
        ))}
      </select>
    </Chart>
  );
}

/** What came off the list price, against what might have, where the limits of all orders of a day are known. */
function DiscountOverTime({ days, labels, currency }: OverTimeProps & { currency: string }) {
  const money = days.map(({ all }) => all.money.find((one) => one.currency === currency));
  const share = (part: number, list: number) => (list > 0 ? (part / list) * 10_000 : null);
  return (
    <Chart
      title={t("insights.discount-in", { currency })}
      labels={labels}
      series={[
        { name: t("insights.given"), values: money.map((one) => (one ? share(one.given, one.list) : null)) },
        {
          name: t("insights.allowed"),
          values: money.map((one) =>
            one && one.allowed.known === one.orders ? share(one.allowed.allowed, one.list) : null,
          ),
        },
      ]}
      format={percent}
    />
  );
}

function Span({ from, to }: { from: string; to: string }) {
  return (
    <div class="filters">
      <Choices
        label={t("insights.span")}
        options={SPANS.map((days) => ({ value: dayBefore(days), name: t("insights.days", { days }) }))}
        chosen={to === dayBefore(-1) ? from : ""}
        onChoose={(day) => filter({ from: day, to: dayBefore(-1) })}
      />
      <label class="inline">
        {t("insights.from")}
        <input
          type="date"
          value={from}
          max={nextDay(to, -1)}
          onChange={({ currentTarget }) => filter({ from: currentTarget.value })}
        />
      </label>
      <label class="inline">
        {t("insights.to")}
        <input
          type="date"
          value={nextDay(to, -1)}
          min={from}
          onChange={({ currentTarget: { value } }) => filter({ to: value === "" ? "" : nextDay(value) })}
        />
      </label>
      <a class="button" href={api.insightsCsv({ from, to })} download>
        {t("insights.csv")}
      </a>
    </div>
  );
}

/** A day in UTC, as the gateway counts days; -1 is tomorrow, so that today is in. */
function dayBefore(days: number): string {
  return nextDay(new Date().toISOString().slice(0, 10), -days);
}

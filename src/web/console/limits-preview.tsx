import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { LimitsPreview, Simulated, SimulatedReport } from "../../protocol/limits.ts";
import { Bars, Interval } from "./bars.tsx";
import { Choices } from "./choices.tsx";
import { money, number, percent } from "./figures.ts";
import { isKey, t } from "./words.ts";

/** What is compared, and how each figure reads. */
const MEASURES = ["margin", "close", "discount", "given", "revenue", "missed", "rounds"] as const;
type Measure = (typeof MEASURES)[number];
const GROUPS = ["category", "buyer", "kind"] as const;
/** More odd things than these are shown when asked for. */
const SHOWN = 2;
/** Of the measures, those that groups are compared by. */
const OF_GROUPS = ["margin", "close", "discount"] as const;

/** What simulated visitors made of the live limits and of those being tried: drawn, and the same figures to be read. */
export function Preview({ found: { problems, warnings, comparison } }: { found: LimitsPreview }) {
  if (problems.length > 0) return <p class="refusal">{t("limits.problems", { count: problems.length })}</p>;
  return (
    <>
      {warnings.length > 0 && (
        <details class="warnings" open={warnings.length <= SHOWN}>
          <summary>{t("limits.warnings", { count: warnings.length })}</summary>
          <ul>
            {warnings.map(({ file, line, problem }) => (
              <li key={`${file} ${line} ${problem}`}>
                {line !== null && t("editor.line", { line })} {problem}
              </li>
            ))}
          </ul>
        </details>
      )}
      {comparison && (
        <>
          <Whole report={comparison.report} />
          <ByGroup report={comparison.report} />
          <details class="whole">
            <summary>{t("limits.whole-report")}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
            <pre class="report" tabIndex={0}>
              {comparison.text}
            </pre>
          </details>
        </>
      )}
    </>
  );
}

function Legend() {
  return (
    <p class="legend" aria-hidden="true">
      <span class="key key-live">{t("limits.live")}</span>
      <span class="key key-tried">{t("limits.tried")}</span>
    </p>
  );
}

function Whole({ report }: { report: SimulatedReport }) {
  const { currency, visitors, new_policy, old_policy, differences } = report;
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h3 id={id}>{t("limits.compared", { visitors: number(visitors) })}</h3>
      <p class="hint">{t("limits.per-hundred")}</p>
      <Legend />
      <table class="figures compared">
        <thead>
          <tr>
            <th scope="col">{t("limits.figure")}</th>
            <th scope="col" class="amount">
              {t("limits.live")}
            </th>
            <th scope="col" class="amount">
              {t("limits.tried")}
            </th>
            <th scope="col" class="amount">
              {t("limits.difference")}
            </th>
          </tr>
        </thead>
        <tbody>
          {MEASURES.map((measure) => {
            const [live, tried] = [old_policy?.[measure] ?? null, new_policy[measure]];
            return (
              <tr key={measure}>
                <th scope="row">
                  {t(`limits.measure-${measure}`)}
                  <Bars live={live} tried={tried} most={Math.max(live ?? 0, tried ?? 0)} />
                </th>
                <td class="amount">{told(measure, live, currency)}</td>
                <td class="amount">{told(measure, tried, currency)}</td>
                <td class="amount">
                  <Difference measure={measure} apart={differences?.[measure] ?? null} currency={currency} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface DifferenceProps {
  readonly measure: Measure;
  readonly apart: NonNullable<SimulatedReport["differences"]>[Measure];
  readonly currency: string;
}

function Difference({ measure, apart, currency }: DifferenceProps) {
  if (apart === null) return <>–</>;
  const { mean, low, high } = apart;
  const size = (value: number) => sizeOf(measure, Math.abs(value), currency);
  if ([mean, low, high].every((value) => size(value) === size(0)))
    return <span class="none">{t("limits.same")}</span>;
  const signed = (value: number) => (size(value) === size(0) ? "" : value < 0 ? "−" : "+") + size(value);
  return (
    <>
      <span>{signed(mean)}</span>
      <Interval {...apart} />
      <small>
        {t("limits.interval", { low: signed(low), high: signed(high) })}
        {low <= 0 && high >= 0 && <strong>{t("limits.chance")}</strong>}
      </small>
    </>
  );
}

function ByGroup({ report: { by, currency } }: { report: SimulatedReport }) {
  const group = useSignal<(typeof GROUPS)[number]>("kind");
  const measure = useSignal<(typeof OF_GROUPS)[number]>("margin");
  const id = useId();
  const rows = by[group.value];
  const of = (figures: Simulated | null) => figures?.[measure.value] ?? null;
  const most = Math.max(0, ...rows.flatMap((one) => [of(one.new_policy) ?? 0, of(one.old_policy) ?? 0]));
  const name = t(`limits.group-${group.value}`);
  return (
    <section class="panel" aria-labelledby={id}>
      <h3 id={id}>{t("limits.by-group")}</h3>
      <div class="filters">
        <Choices
          label={t("limits.by-group")}
          options={GROUPS.map((value) => ({ value, name: t(`limits.group-${value}`) }))}
          chosen={group.value}
          onChoose={(value) => {
            group.value = value;
          }}
        />
        <select
          aria-label={t("limits.figure")}
          value={measure.value}
          onChange={({ currentTarget }) => {
            measure.value = currentTarget.value as (typeof OF_GROUPS)[number];
          }}
        >
          {OF_GROUPS.map((value) => (
            <option key={value} value={value}>
              {t(`limits.measure-${value}`)}
            </option>
          ))}
        </select>
      </div>
      <Legend />
      <table class="figures compared">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col" class="amount">
              {t("limits.visitors")}
            </th>
            <th scope="col" class="amount">
              {t("limits.live")}
            </th>
            <th scope="col" class="amount">
              {t("limits.tried")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                {nameOf(group.value, row.name)}
                <Bars live={of(row.old_policy)} tried={of(row.new_policy)} most={most} />
              </th>
              <td class="amount">{number(row.new_policy.visitors)}</td>
              <td class="amount">{told(measure.value, of(row.old_policy), currency)}</td>
              <td class="amount">{told(measure.value, of(row.new_policy), currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Ways of buying and kinds have names in the reader's language; categories are the vendor's. */
function nameOf(group: (typeof GROUPS)[number], name: string): string {
  const key = group === "buyer" ? `buyer.${name}` : `kind.${name}`;
  return group !== "category" && isKey(key) ? t(key) : name;
}

function told(measure: Measure, value: number | null, currency: string): string {
  if (value === null) return "–";
  return isShare(measure) ? percent(value * 10_000) : sizeOf(measure, value, currency);
}

/** Two shares differ by points. */
function sizeOf(measure: Measure, value: number, currency: string): string {
  if (measure === "rounds") return number(value, 1);
  if (isShare(measure)) return t("limits.points", { points: number(value * 100, 1) });
  return money(Math.round(value), currency);
}

function isShare(measure: Measure): boolean {
  return measure === "close" || measure === "missed" || measure === "discount";
}

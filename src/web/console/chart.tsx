import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "./words.ts";

export interface Series {
  readonly name: string;
  /** One for each label; null where there is none. */
  readonly values: readonly (number | null)[];
}

interface ChartProps {
  readonly title: string;
  readonly labels: readonly string[];
  /** At most two; told apart by dashes as well as by colour. */
  readonly series: readonly Series[];
  format(value: number): string;
  /** What stands beside its title. */
  readonly children?: ComponentChildren;
}

const WIDTH = 520;
const HEIGHT = 168;
const LEFT = 46;
const FOOT = 22;
const STEPS = 3;

/** Lines over days, and the same figures as a table for whoever does not see lines. */
export function Chart({ title, labels, series, format, children }: ChartProps) {
  const id = useId();
  const most = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const top = ceiling(most);
  // Where all is nothing, one line says so.
  const marks = Array.from({ length: most > 0 ? STEPS + 1 : 1 }, (_, i) => (top * i) / STEPS);
  const x = (i: number) => LEFT + (i / Math.max(1, labels.length - 1)) * (WIDTH - LEFT - 8);
  const y = (value: number) => 8 + (1 - value / top) * (HEIGHT - FOOT - 8);
  return (
    <section class="panel" aria-labelledby={id}>
      <div class="chart-head">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
      <p class="legend" aria-hidden="true">
        {series.map(({ name }, s) => (
          <span key={name}>
            <svg width="22" height="8" aria-hidden="true">
              <line class={`series-line ${STYLES[s]}`} x1="0" x2="22" y1="4" y2="4" />
            </svg>{" "}
            {name}
          </span>
        ))}
      </p>
      <svg
        class="chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={told(title, series, format)}
      >
        {marks.map((value) => (
          <g key={value}>
            <line class="grid-line" x1={LEFT} x2={WIDTH - 8} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {format(value)}
            </text>
          </g>
        ))}
        {[...new Set([0, Math.floor((labels.length - 1) / 2), labels.length - 1])].map((i, n, shown) => (
          <text key={i} x={x(i)} y={HEIGHT - 4} text-anchor={anchorOf(n, shown.length)}>
            {labels[i]}
          </text>
        ))}
        {series.map(({ name, values }, s) => (
          <g key={name}>
            <path class={`series-line ${STYLES[s]}`} d={line(values, x, y)} />
            {values.map(
              (value, i) =>
                value !== null &&
                (values[i - 1] ?? null) === null &&
                (values[i + 1] ?? null) === null && (
                  <circle key={labels[i]} class={STYLES[s]} cx={x(i)} cy={y(value)} r="3" />
                ),
            )}
          </g>
        ))}
      </svg>
      <AsTable title={title} labels={labels} series={series} format={format} />
    </section>
  );
}

const STYLES = ["series-a", "series-b dashed"] as const;

/** The first label begins at its day and the last ends there, so that none leaves the picture. */
function anchorOf(n: number, of: number): "start" | "middle" | "end" {
  if (n === 0) return "start";
  return n === of - 1 ? "end" : "middle";
}

function AsTable({ title, labels, series, format }: ChartProps) {
  return (
    <details>
      <summary>{t("chart.table")}</summary>
      <div class="scrolls">
        <table class="figures">
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("chart.day")}</th>
              {series.map(({ name }) => (
                <th scope="col" class="amount" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, i) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {series.map(({ name, values }) => (
                  <td class="amount" key={name}>
                    {cell(values[i], format)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function cell(value: number | null | undefined, format: ChartProps["format"]): string {
  return value === null || value === undefined ? "–" : format(value);
}

function line(
  values: readonly (number | null)[],
  x: (i: number) => number,
  y: (value: number) => number,
): string {
  let drawing = false;
  return values
    .map((value, i) => {
      if (value === null) {
        drawing = false;
        return "";
      }
      const step = `${drawing ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      drawing = true;
      return step;
    })
    .join("");
}

/** The next round figure that the steps of the scale divide. */
function ceiling(most: number): number {
  if (most <= 0) return STEPS;
  const unit = 10 ** Math.floor(Math.log10(most / STEPS));
  const step = [1, 2, 5, 10].find((times) => times * unit * STEPS >= most) ?? 10;
  return Math.max(step * unit, most > 1 ? 1 : 0) * STEPS;
}

/** What the lines come to, in one sentence a series. */
function told(title: string, series: readonly Series[], format: ChartProps["format"]): string {
  const parts = series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    const last = known.at(-1);
    return last === undefined
      ? name
      : t("chart.told", { name, last: format(last), most: format(Math.max(...known)) });
  });
  return [title, ...parts].join(". ");
}

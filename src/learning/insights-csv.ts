import type { FiguresOfMany, Insights } from "../protocol/insights.ts";

const COLUMNS: readonly (readonly [string, (figures: FiguresOfMany) => number | null])[] = [
  ["sessions", ({ sessions }) => sessions],
  ["closed", ({ closed }) => closed],
  ["close_bp", ({ close_bp }) => close_bp],
  ["offered", ({ offered }) => offered],
  ["first_offer_ms_mean", ({ first_offer_ms }) => first_offer_ms.mean],
  ["first_offer_ms_median", ({ first_offer_ms }) => first_offer_ms.median],
  ["rounds_mean100", ({ rounds }) => rounds.mean100],
  ["without_a_person", ({ alone }) => alone],
  ["bought", ({ resolution }) => resolution.bought],
  ["said", ({ resolution }) => resolution.said],
  ["assumed", ({ resolution }) => resolution.assumed],
  ["unresolved", ({ resolution }) => resolution.unresolved],
  ["going", ({ resolution }) => resolution.going],
  ["handling_ms_mean", ({ handling_ms }) => handling_ms.mean],
  ["handling_ms_median", ({ handling_ms }) => handling_ms.median],
  ["approval_ms_mean", ({ approval_ms }) => approval_ms.mean],
  ["approval_ms_median", ({ approval_ms }) => approval_ms.median],
  ["model_calls", ({ model }) => model.calls],
  ["model_unpriced", ({ model }) => model.unpriced],
  ["model_micro_usd", ({ model }) => model.micro_usd],
];
const MONEY = ["orders", "total", "list", "given"] as const;

/**
 * The series as RFC 4180: a line for each day and side, the span as a whole first (`day` is `all`). Money has columns for
 * each currency, in minor units. Every cell is a number or a word of this file, so that no program takes one for a formula.
 */
export function insightsCsv({ figures, series }: Pick<Insights, "figures" | "series">): string {
  const currencies = figures.all.money.map(({ currency }) => currency);
  const heads = currencies.flatMap((currency) => [
    ...MONEY.map((name) => `${name}_${currency}`),
    `allowed_${currency}`,
  ]);
  const lines = [["day", "who", ...COLUMNS.map(([name]) => name), ...heads]];
  for (const { day, ...sides } of [{ day: "all", ...figures }, ...series])
    for (const who of ["all", "person", "machine"] as const)
      lines.push([
        day,
        who,
        ...COLUMNS.map(([, of]) => cell(of(sides[who]))),
        ...money(sides[who], currencies),
      ]);
  return `${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}

function money(figures: FiguresOfMany, currencies: readonly string[]): string[] {
  return currencies.flatMap((currency) => {
    const own = figures.money.find((one) => one.currency === currency);
    return own
      ? [...MONEY.map((name) => cell(own[name])), cell(own.allowed.allowed)]
      : MONEY.map(() => "0").concat("0");
  });
}

/** Where nothing was measured the cell is empty. */
function cell(value: number | null): string {
  return value === null ? "" : String(value);
}

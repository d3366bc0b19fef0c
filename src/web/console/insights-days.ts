import type { FiguresOfMany, Insights } from "../../protocol/insights.ts";

export type Day = Insights["series"][number];

const DAY_MS = 86_400_000;
/** Of a longer time only the days on which somebody came are drawn. */
const DRAWN = 400;

/** Every day of the time as far as it has passed; on a day on which nobody came nothing is known but that. */
export function daily({ from, to, series }: Pick<Insights, "from" | "to" | "series">): readonly Day[] {
  const first = from.slice(0, 10);
  const end = [to, new Date(Date.now() + DAY_MS).toISOString()].sort()[0]?.slice(0, 10) ?? first;
  if (Date.parse(end) - Date.parse(first) > DRAWN * DAY_MS) return series;
  const known = new Map(series.map((one) => [one.day, one]));
  const days: Day[] = [];
  for (let day = first; day < end; day = nextDay(day))
    days.push(known.get(day) ?? { day, all: NOBODY, person: NOBODY, machine: NOBODY });
  return days;
}

/** The day so many days after one, "2026-11-01". */
export function nextDay(day: string, days = 1): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

const UNTIMED = { count: 0, mean: null, median: null };
const NOBODY: FiguresOfMany = {
  ...{ sessions: 0, closed: 0, close_bp: null, offered: 0, alone: 0, alone_bp: null, money: [] },
  ...{ first_offer_ms: UNTIMED, handling_ms: UNTIMED, approval_ms: UNTIMED },
  rounds: { count: 0, mean100: null },
  resolution: { bought: 0, said: 0, assumed: 0, unresolved: 0, going: 0 },
  model: { calls: 0, unpriced: 0, micro_usd: 0, micro_usd_mean: null },
};

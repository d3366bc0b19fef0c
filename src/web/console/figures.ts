import { lang } from "./words.ts";

/** Minor units as people write them: ₩89,000, $1,299.00. */
export function money(amount: number, currency: string): string {
  const format = numbers(locale(), {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  return format.format(amount / minorOf(currency));
}

/** Minor units of one: 100 for USD, 1 for KRW. */
export function minorOf(currency: string): number {
  const format = numbers("en", { style: "currency", currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}

export function number(value: number, digits = 0): string {
  return numbers(locale(), { maximumFractionDigits: digits }).format(value);
}

/** Basis points as per cent. */
export function percent(bp: number): string {
  return numbers(locale(), { style: "percent", maximumFractionDigits: 1 }).format(bp / 10_000);
}

/** How long, in the two units that matter: 4 min, 1 h 20 min, 12 s. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor(seconds / 3_600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ];
  const from = Math.max(
    0,
    parts.findIndex(([count]) => count > 0),
  );
  const told = seconds === 0 ? parts.slice(3) : parts.slice(from, from + (from < 2 ? 2 : 1));
  return told
    .filter(([count]) => count > 0 || seconds === 0)
    .map(([count, unit]) => numbers(locale(), { style: "unit", unit, unitDisplay: "short" }).format(count))
    .join(" ");
}

/** How long something took, which may have been less than a second: 820 ms, else as `duration`. */
export function took(ms: number): string {
  if (ms >= 1_000 || ms === 0) return duration(ms);
  const format = numbers(locale(), {
    style: "unit",
    unit: "millisecond",
    unitDisplay: "short",
  });
  return format.format(Math.round(ms));
}

/** Minutes and seconds as a clock shows them: 1:05. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function instant(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

export function timeOfDay(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: "medium", hourCycle: "h23" }).format(new Date(iso));
}

export function day(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { month: "short", day: "numeric", timeZone: "UTC" }).format(
    new Date(iso),
  );
}

function locale(): string {
  return lang.value === "ko" ? "ko-KR" : "en-US";
}

const made = new Map<string, Intl.NumberFormat>();

/** Making one takes a hundred times as long as using it, and a list uses a few of them in every row. */
function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const format = made.get(key) ?? new Intl.NumberFormat(locale, options);
  made.set(key, format);
  return format;
}

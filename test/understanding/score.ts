import type { Act, Reading } from "../../src/domain/act.ts";
import { read } from "../../src/understanding/read.ts";
import { refer } from "../../src/understanding/refer.ts";
import { type Gold, NOW, stateOf } from "./contexts.ts";

/** How one message was read, against its gold reading. */
export interface Score {
  readonly gold: Gold;
  readonly reading: Reading;
  /** The same acts, whatever their order, and unsure exactly where the gold is. */
  readonly acts: boolean;
  /** Every price, share and quantity the same, and none too many. */
  readonly amounts: boolean;
  /** Every field of the gold met. */
  readonly whole: boolean;
  /** Takes or confirms an offer where the gold does not. */
  readonly wronglyBinding: boolean;
}

export function scoreOf(gold: Gold): Score {
  const state = stateOf(gold.context);
  const reading = read(gold.text, { state, now: NOW });
  const sure = reading.unsure === undefined;
  const acts =
    sure === (gold.unsure === undefined) &&
    (!sure || String(names(reading.acts)) === String(names(gold.acts)));
  const binds = (list: readonly Act[]) => list.some((act) => act.act === "accept" || act.act === "confirm");
  return {
    ...{ gold, reading, acts },
    amounts: !sure || JSON.stringify(amountsOf(reading.acts)) === JSON.stringify(amountsOf(gold.acts)),
    whole:
      acts &&
      (!sure || meets(refer(reading.acts, state), refer(gold.acts, state))) &&
      (reading.unsure ?? null) === (gold.unsure ?? null),
    wronglyBinding: binds(reading.acts) && !binds(gold.acts),
  };
}

function names(acts: readonly Act[]): string[] {
  return acts.map((act) => act.act).sort();
}

const AMOUNTS = new Set([
  "unit_price",
  "total",
  "off_bp",
  "quantity",
  "price_min",
  "price_max",
  "days_max",
  "days_min",
  "months_min",
  "every_months",
]);

function amountsOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .flatMap(([key, inner]) => (AMOUNTS.has(key) ? [`${key}=${String(inner)}`] : amountsOf(inner)))
    .sort();
}

/** `found` has everything `gold` has; acts may stand in any order. */
function meets(found: unknown, gold: unknown): boolean {
  if (Array.isArray(gold)) {
    if (!Array.isArray(found) || found.length !== gold.length) return false;
    return gold.every((each) => found.some((other) => meets(other, each)));
  }
  if (typeof gold === "object" && gold !== null)
    return (
      typeof found === "object" &&
      found !== null &&
      Object.entries(gold).every(([key, inner]) => meets((found as Record<string, unknown>)[key], inner))
    );
  return typeof gold === "string" && typeof found === "string"
    ? gold.toLowerCase() === found.toLowerCase()
    : found === gold;
}

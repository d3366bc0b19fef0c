import { readFileSync } from "node:fs";
import { type Act, type ActOf, type Reading, SURE } from "../../src/domain/act.ts";
import { minorUnits } from "../../src/domain/money.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import type { State } from "../../src/domain/state.ts";
import { read } from "../../src/understanding/read.ts";
import { NOW, offerOf, stateOf } from "./contexts.ts";

/** A line of fixtures/understanding/prices-*.tsv: what stands on the table, a message, and the price it proposes. */
export interface PriceRow {
  readonly table: string;
  readonly says: string;
  readonly means: string;
}

export type Currency = "USD" | "KRW";

export function priceRows(name: string): readonly PriceRow[] {
  const file = new URL(`../../fixtures/understanding/${name}`, import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines
    .filter((line) => !line.startsWith("#"))
    .map((line) => {
      const [table = "", says = "", means = ""] = line.split("\t");
      return { table, says, means };
    });
}

const TABLE =
  /^(?:nothing|shown (?<shown>[\d.]+)|(?<count>\d+)x(?<unit>[\d.]+))(?: mine (?<total>total )?(?<mine>[\d.]+))?$/;
const THING = { USD: "Harbor noise-cancelling headphones", KRW: "하버 노이즈캔슬링 헤드폰" } as const;

/** "2x56 mine 40": two are offered at 56 each, and their last price was 40 each; "shown 56": one was shown. */
export function stateFor(table: string, currency: Currency): State {
  const { shown, count, unit, total, mine } = TABLE.exec(table)?.groups ?? {};
  const start = stateOf(currency === "USD" ? "start_usd" : "start_krw");
  if (table === "nothing") return start;
  const price = amount(shown ?? unit ?? "", currency);
  const spoken = { ...start, focus: [{ sku: "HB-100", price }], that: "HB-100" };
  if (count === undefined) return spoken;
  const quantity = Number(count);
  const offer = offerOf([["HB-100", THING[currency], quantity, price]], quantity * price, currency, 0);
  return {
    ...spoken,
    round: 1,
    standings: [{ offer, status: "live", seq: 4, heard: true }],
    proposals: mine === undefined ? [] : [proposed(amount(mine, currency), total !== undefined)],
  };
}

function proposed(price: number, total: boolean): Proposal {
  const none = { remove: [], terms: {}, codes: [] };
  return total
    ? { lines: [], total: price, ...none }
    : { lines: [{ sku: "HB-100", unit_price: price }], ...none };
}

function amount(major: string, currency: Currency): number {
  const found = minorUnits(major, currency);
  if (found === null) throw new Error(`"${major}" is no amount of ${currency}`);
  return found;
}

/**
 * What was understood of the price, in the words of the table: `unit`, `total`, `off`, `lower`, `yes`, `ask` (unsure),
 * `none` (acted on, without a price).
 */
export function priceRead(says: string, table: string, currency: Currency): string {
  const reading = read(says, { state: stateFor(table, currency), now: NOW });
  return told(reading, currency);
}

function told({ acts, confidence, unsure }: Reading, currency: Currency): string {
  if (unsure !== undefined || confidence < SURE.act) return "ask";
  if (acts.some(({ act }) => act === "accept" || act === "confirm")) return "yes";
  const act = acts.find(isPropose);
  const units = (act?.lines ?? []).flatMap(({ unit_price }) =>
    unit_price === undefined ? [] : [unit_price],
  );
  const count = act?.lines?.[0]?.quantity;
  const counted = count === undefined ? "" : ` x${count}`;
  if (act?.total !== undefined && units.length === 0) return `total ${major(act.total, currency)}${counted}`;
  if (act?.total !== undefined || new Set(units).size > 1)
    return `${major(act?.total ?? 0, currency)} and ${units}`;
  if (units[0] !== undefined) return `unit ${major(units[0], currency)}${counted}`;
  if (act?.off_bp !== undefined) return `off ${act.off_bp / 100}`;
  return act?.lower ? "lower" : "none";
}

function isPropose(act: Act): act is ActOf<"propose"> {
  return act.act === "propose";
}

function major(minor: number, currency: Currency): string {
  return currency === "KRW" ? String(minor) : String(minor / 100);
}

/** With one unit on the table its price and the total are one; "no money" may be asked about as well, and the count of the table said again. */
export function sameAs(told: string, { table, means }: PriceRow): boolean {
  const standing = single(table) ? "1" : table.split("x")[0];
  const read = told.replace(new RegExp(` x${standing}$`), "");
  const [kind, figure = "", count] = means.split(" ");
  const wanted = `${Number(figure)}${count === undefined ? "" : ` ${count}`}`;
  if (kind === "price") return read === `unit ${wanted}` || (single(table) && read === `total ${wanted}`);
  if (kind === "none") return read === "none" || read === "ask";
  return read === (figure === "" ? kind : `${kind} ${wanted}`);
}

function single(table: string): boolean {
  return table.startsWith("1x") || !/^\d/.test(table);
}

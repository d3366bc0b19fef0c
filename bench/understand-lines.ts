import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Proposal } from "../src/domain/proposal.ts";
import type { GoldContext } from "./understand-gold.ts";
import type { Stage, Understood } from "./understand-stage.ts";

/** A message that changes an order, and what the order shall hold after it: "SKU count, SKU count". */
export interface LinesEntry {
  readonly kind: string;
  readonly says: string;
  readonly lang: "en" | "ko";
  /** Products shown, or goods and counts of the live offer, as in `order` with spaces between them. */
  readonly context?: { readonly shown?: string; readonly offer?: string; readonly ask?: "confirm" };
  readonly order: string;
}

/** All messages of fixtures/understanding/lines in one language. */
export function linesOf(root: string, lang: "en" | "ko"): LinesEntry[] {
  const text = readFileSync(join(root, `fixtures/understanding/lines/${lang}.yaml`), "utf8");
  return parse(rowsOf(text)).map((entry: Omit<LinesEntry, "lang">) => ({ ...entry, lang }));
}

/** An order is written without quotation marks, which a list of YAML would want for its commas. */
function rowsOf(text: string): string {
  return text.replace(/order: (.+?) \}$/gm, 'order: "$1" }');
}

/** What the order holds after the message was read: a proposal laid over the offer it builds on, as the negotiation does. */
export async function orderAfter(entry: LinesEntry, stage: Stage): Promise<{ order: string; read: string }> {
  const context = contextOf(entry);
  const currency = entry.lang === "en" ? "USD" : "KRW";
  const state = stage.stateOf({ lang: entry.lang, currency, context });
  const understood = await stage.understood(entry.says, state);
  const goods = new Map(context.offer?.lines.map(({ sku, quantity }) => [sku, quantity] as const));
  return {
    order: written(acted(understood) ? after(goods, understood.evidence.proposal) : new Map()),
    read: JSON.stringify({ ...understood.reading, proposal: understood.evidence.proposal }),
  };
}

/** Whether two orders hold the same, whatever the order of their lines. */
export function sameOrder(one: string, other: string): boolean {
  const sorted = (order: string) => order.split(", ").sort().join();
  return sorted(one) === sorted(other);
}

function contextOf({ context }: LinesEntry): GoldContext {
  const { shown, offer, ask } = context ?? {};
  const lines = (offer?.match(/\S+ \d+/g) ?? []).map((one) => {
    const [sku = "", quantity] = one.split(" ");
    return { sku, quantity: Number(quantity), unit_price: 5_000 };
  });
  const total = lines.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
  return {
    ...(shown ? { shown: shown.split(" ") } : {}),
    ...(lines.length > 0 ? { offer: { lines, total } } : {}),
    ...(ask ? { ask } : {}),
  };
}

/** A question back changes nothing: one thing that is not told apart holds up all that was asked with it. */
function acted({ reading, acts, evidence }: Understood): boolean {
  const sure = reading.unsure === undefined && reading.confidence >= 0.6;
  return sure && acts.every(({ act }) => act === "propose") && evidence.unresolved.length === 0;
}

function after(before: Map<string, number>, proposal: Proposal | null): Map<string, number> {
  if (!proposal) return new Map();
  const { lines, remove, counters } = proposal;
  const named = [...lines.map(({ sku }) => sku), ...remove];
  const own = counters === undefined && lines.length > 0 && !named.some((sku) => before.has(sku));
  const goods = own ? new Map<string, number>() : new Map(before);
  for (const { sku, quantity } of lines) goods.set(sku, quantity ?? goods.get(sku) ?? 1);
  for (const sku of remove) goods.delete(sku);
  return goods;
}

function written(goods: ReadonlyMap<string, number>): string {
  return [...goods].map(([sku, quantity]) => `${sku} ${quantity}`).join(", ");
}

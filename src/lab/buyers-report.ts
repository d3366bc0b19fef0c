import type { Conversation } from "./buyers-talk.ts";

/** What many conversations came to. Shares are in basis points of the whole. */
export interface SoakSummary {
  readonly buyer: string;
  readonly conversations: number;
  readonly agreed_bp: number;
  readonly left: number;
  readonly impatient: number;
  /** Of deals: their rounds in tenths, and what was taken off the listed price. */
  readonly rounds10: number;
  readonly discount_bp: number;
  readonly messages: number;
  /** Refused messages by the fault's code. */
  readonly faults: Readonly<Record<string, number>>;
  /** Replies that went out in a model's words. */
  readonly by_model: number;
  readonly calls: number;
  /** Milliseconds a message, the mean. */
  readonly ms: number;
}

/** One summary a buyer, in the order they first spoke, and one of all. */
export function summarise(conversations: readonly Conversation[]): SoakSummary[] {
  const names = [...new Set(conversations.map(({ buyer }) => buyer))];
  const some = names.map((name) =>
    summary(
      name,
      conversations.filter(({ buyer }) => buyer === name),
    ),
  );
  return [...some, summary("all", conversations)];
}

function summary(buyer: string, some: readonly Conversation[]): SoakSummary {
  const deals = some.flatMap((one) => one.deals);
  const answers = some.flatMap(({ turns }) => turns.map(({ answered }) => answered));
  const faults: Record<string, number> = {};
  for (const { fault } of answers) if (fault) faults[fault.code] = (faults[fault.code] ?? 0) + 1;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const list = sum(deals.map((deal) => deal.list));
  const total = sum(deals.map((deal) => deal.total));
  const agreed = some.filter(({ ended }) => ended === "agreed" || ended === "partly").length;
  return {
    ...{ buyer, conversations: some.length, messages: answers.length, faults },
    agreed_bp: ratio(agreed, some.length, 10_000),
    left: some.filter(({ ended }) => ended === "left").length,
    impatient: some.filter(({ ended }) => ended === "impatient").length,
    rounds10: ratio(sum(deals.map(({ rounds }) => rounds)), deals.length, 10),
    discount_bp: ratio(list - total, list, 10_000),
    by_model: answers.filter(({ by }) => by === "model").length,
    calls: sum(answers.map(({ calls = 0 }) => calls)),
    ms: ratio(sum(answers.map(({ ms = 0 }) => ms)), answers.length, 1),
  };
}

function ratio(part: number, whole: number, of: number): number {
  return whole === 0 ? 0 : Math.round((part * of) / whole);
}

/** The summaries as a table for a terminal. */
export function soakTable(summaries: readonly SoakSummary[]): string {
  // Without a model in the shop there is nothing to say of it.
  const asked = summaries.some(({ calls }) => calls > 0);
  const head = [
    "buyer",
    "talks",
    "agreed",
    "left",
    "tired",
    "rounds",
    "off",
    "faults",
    ...(asked ? ["by model", "calls"] : []),
    "ms",
  ];
  const rows = summaries.map((one) => [
    one.buyer,
    String(one.conversations),
    `${Math.round(one.agreed_bp / 100)}%`,
    String(one.left),
    String(one.impatient),
    (one.rounds10 / 10).toFixed(1),
    `${(one.discount_bp / 100).toFixed(1)}%`,
    Object.entries(one.faults)
      .map(([code, n]) => `${code} ${n}`)
      .join(", ") || "0",
    ...(asked ? [String(one.by_model), String(one.calls)] : []),
    String(one.ms),
  ]);
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

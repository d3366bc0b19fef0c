import type { Commit, IntentRecord } from "../../ports/store.ts";
import { unwritten, written } from "../lexical/words.ts";
import { type Ask, all } from "./asking.ts";
import { type Balance, balances } from "./balances.ts";
import type { Row } from "./database.ts";
import type { Known } from "./group.ts";

/**
 * Locks every row that a group of commits hangs on and reads what they say now. In one order on every node (sessions,
 * orders, stock, budgets, each by name), so that two groups wait for each other in one direction alone; a statement that
 * reads comes after the one that locked, since only what begins then sees what the one before left.
 */
export async function locked(ask: Ask, commits: readonly Commit[]): Promise<Known> {
  const statuses = commits.flatMap((commit) => commit.statuses ?? []);
  const sessions = ask(
    "lock sessions",
    "SELECT id, term, seq FROM session WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE",
    [commits.map(({ session }) => session)],
  );
  const orders = statuses.length === 0 ? NONE : lockOrders(ask, statuses);
  const [heads, { intents, charges }] = await all([sessions, orders]);
  const back = new Set(statuses.filter(({ gives_back }) => gives_back).map(({ intent }) => intent));
  const skus = new Set<string>();
  const accounts = new Set<string>();
  for (const { take, spend, hold } of commits) {
    for (const { sku } of [...(take ?? []), ...(hold?.units ?? [])]) skus.add(sku);
    for (const { account } of [...(spend?.charges ?? []), ...(hold?.charges ?? [])]) accounts.add(account);
  }
  for (const id of back) {
    for (const { sku } of intents.get(id)?.lines ?? []) skus.add(sku);
    for (const { account } of charges.get(id) ?? []) accounts.add(account);
  }
  for (const { statuses: moves, intents: made } of commits)
    for (const { intent, gives_back } of moves ?? [])
      if (gives_back) for (const { sku } of made?.find(({ id }) => id === intent)?.lines ?? []) skus.add(sku);
  const earliest = commits.map(({ at }) => at).toSorted()[0] ?? "";
  const [stock, budgets] = await all([
    skus.size === 0 ? EMPTY : lockStock(ask, skus, earliest),
    accounts.size === 0 ? EMPTY : lockBudgets(ask, accounts, earliest),
  ]);
  return {
    sessions: new Map(
      heads.map(({ id, term, seq }) => [String(id), { term: Number(term), seq: Number(seq) }]),
    ),
    ...{ intents, charges, balances: balances(stock, budgets) },
  };
}

type Orders = Pick<Known, "intents" | "charges">;
const NONE: Promise<Orders> = Promise.resolve({ intents: new Map(), charges: new Map() });
const EMPTY: Promise<ReadonlyMap<string, Balance>> = Promise.resolve(new Map());

async function lockOrders(ask: Ask, statuses: NonNullable<Commit["statuses"]>): Promise<Orders> {
  const ids = statuses.map(({ intent }) => intent);
  const [rows, charged] = await all([
    ask(
      "lock orders",
      "SELECT id, status, lines FROM intent WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE",
      [ids],
    ),
    ask("read charges", "SELECT intent, account, amount FROM charge WHERE intent = ANY($1::text[])", [ids]),
  ]);
  const charges = new Map<string, { account: string; amount: number }[]>();
  for (const { intent, account, amount } of charged) {
    const of = charges.get(String(intent)) ?? [];
    of.push({ account: unwritten(String(account)), amount: Number(amount) });
    charges.set(String(intent), of);
  }
  const order = ({ id, status, lines }: Row) =>
    [
      String(id),
      { status: String(status), lines: JSON.parse(String(lines)) as IntentRecord["lines"] },
    ] as const;
  return { intents: new Map(rows.map(order)), charges };
}

async function lockStock(ask: Ask, skus: ReadonlySet<string>, now: string) {
  const names = [...skus].map(written);
  const [rows, held] = await all([
    ask(
      "lock stock",
      "SELECT sku AS name, on_hand AS amount FROM stock WHERE sku = ANY($1::text[]) ORDER BY sku FOR NO KEY UPDATE",
      [names],
    ),
    ask(
      "read holds",
      "SELECT session, sku AS name, quantity AS amount, until FROM hold WHERE sku = ANY($1::text[]) AND until > $2",
      [names, now],
    ),
  ]);
  return balanced(skus, rows, held);
}

async function lockBudgets(ask: Ask, accounts: ReadonlySet<string>, now: string) {
  const names = [...accounts].map(written).toSorted();
  const made = ask(
    "make budgets",
    "INSERT INTO budget (account, spent) SELECT unnest($1::text[]), 0 ON CONFLICT DO NOTHING",
    [names],
  );
  const [[, rows], held] = await all([
    all([
      made,
      ask(
        "lock budgets",
        "SELECT account AS name, spent AS amount FROM budget WHERE account = ANY($1::text[]) ORDER BY account FOR NO KEY UPDATE",
        [names],
      ),
    ]),
    ask(
      "read budget holds",
      "SELECT session, account AS name, amount, until FROM budget_hold WHERE account = ANY($1::text[]) AND until > $2",
      [names, now],
    ),
  ]);
  return balanced(accounts, rows, held);
}

function balanced(names: ReadonlySet<string>, rows: readonly Row[], held: readonly Row[]) {
  const all = new Map<string, Balance>();
  for (const name of names) all.set(name, { amount: null, held: new Map() });
  for (const { name, amount } of rows) {
    const balance = all.get(unwritten(String(name)));
    if (balance) balance.amount = Number(amount);
  }
  for (const { session, name, amount, until } of held)
    all
      .get(unwritten(String(name)))
      ?.held.set(String(session), { amount: Number(amount), until: String(until) });
  return all;
}

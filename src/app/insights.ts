import { Fault, problemsOf } from "../domain/fault.ts";
import { columns } from "../lab/table.ts";
import { type FiguresOfMany, InsightsQuery } from "../protocol/insights.ts";
import { options } from "./arguments.ts";
import { loadConfig } from "./config.ts";
import { learningAt } from "./learning-home.ts";

const USAGE = `usage: parley insights [--from DAY] [--to DAY] [--csv | --json]
What conversations came to, none left out; thirty days until now unless it is said otherwise.
What it prints is SECRET: what the limits would have let off is in it.
`;

export async function run(args: string[]): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const values = options(args, { from: text, to: text, csv: flag, json: flag });
  if (values === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { csv, json, ...span } = values;
  const query = InsightsQuery.safeParse(span);
  if (!query.success) throw new Fault("bad_config", `--${problemsOf(query.error)}`);
  await learningAt(await loadConfig(process.env), async (desk) => {
    if (csv) process.stdout.write(await desk.insightsCsv(query.data));
    else {
      const told = await desk.insights(query.data);
      process.stdout.write(json ? `${JSON.stringify(told)}\n` : `${table(told.figures).join("\n")}\n`);
      if (!told.complete) process.stderr.write("some conversations were not looked at yet; ask again\n");
    }
  });
  return 0;
}

function table({ all, person, machine }: Record<"all" | "person" | "machine", FiguresOfMany>): string[] {
  const sides = [all, person, machine];
  const row = (name: string, of: (side: FiguresOfMany) => string) => [name, ...sides.map(of)];
  const share = (bp: number | null) => (bp === null ? "-" : `${(bp / 100).toFixed(1)}%`);
  const seconds = (ms: number | null) => (ms === null ? "-" : `${(ms / 1_000).toFixed(1)} s`);
  const currencies = all.money.map(({ currency }) => currency);
  const money = currencies.flatMap((currency) => {
    const own = (side: FiguresOfMany) => side.money.find((one) => one.currency === currency);
    return [
      row(`orders, ${currency}`, (side) => String(own(side)?.total ?? 0)),
      row(`given, ${currency}`, (side) => String(own(side)?.given ?? 0)),
      row(`allowed, ${currency}`, (side) => String(own(side)?.allowed.allowed ?? 0)),
    ];
  });
  const rows = [
    row("conversations", ({ sessions }) => String(sessions)),
    row("closed", ({ closed, close_bp }) => `${closed} (${share(close_bp)})`),
    row("first offer, median", ({ first_offer_ms }) => seconds(first_offer_ms.median)),
    row("rounds, mean", ({ rounds }) => (rounds.mean100 === null ? "-" : String(rounds.mean100 / 100))),
    row("without a person", ({ alone, alone_bp }) => `${alone} (${share(alone_bp)})`),
    row("resolved, confirmed", ({ resolution }) => String(resolution.bought + resolution.said)),
    row("resolved, assumed", ({ resolution }) => String(resolution.assumed)),
    row("unresolved", ({ resolution }) => String(resolution.unresolved)),
    row("still going", ({ resolution }) => String(resolution.going)),
    row("handling, median", ({ handling_ms }) => seconds(handling_ms.median)),
    row("approval, median", ({ approval_ms }) => seconds(approval_ms.median)),
    row("model, mean micro-USD", ({ model }) => String(model.micro_usd_mean ?? "-")),
    ...money,
  ];
  return columns([["", "all", "people", "machines"], ...rows], ["l", "r", "r", "r"]);
}

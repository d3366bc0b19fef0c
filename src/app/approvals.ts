import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { openTokens } from "../adapters/keys.ts";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import { formatMoney } from "../domain/money.ts";
import { type Approval, ApprovalPage, DecisionsResult, Problem } from "../protocol/bodies.ts";
import { wordsAndOptions } from "./arguments.ts";
import { loadConfig } from "./config.ts";
import { paint, print } from "./transcript.ts";

const USAGE = `usage: parley approvals <command> [options]
  list                 orders that wait for a person
  approve <id>...      binds and signs them
  decline <id>...      lets them go; their goods are on sale again
  --note TEXT          for the buyers to read
  --by NAME            who decides, kept with the order (default: your name on this machine)
  --url ADDRESS        the gateway (default: http://127.0.0.1:8787; its PARLEY_HOME has the staff token)
  --json               as lines of JSON
`;

/** `parley approvals`: asks the running gateway, which alone can bind. Exit code 1 when any decision was refused. */
export async function run(args: string[]): Promise<number> {
  const parsed = wordsAndOptions(args, {
    note: { type: "string" },
    by: { type: "string" },
    url: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (parsed === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { values, positionals } = parsed;
  const [what, ...ids] = positionals;
  const wanted = what === "list" ? ids.length === 0 : ids.length > 0;
  if ((what !== "list" && what !== "approve" && what !== "decline") || !wanted) {
    process.stderr.write(USAGE);
    return 2;
  }
  const ask = await gatewayAt(values.url);
  if (what === "list") return list(ask, values.json);
  const { note, by = userInfo().username } = values;
  const decisions = ids.map((intent) => ({ intent, verdict: what, by, ...(note ? { note } : {}) }));
  let refused = 0;
  for (let i = 0; i < decisions.length; i += BOUNDS.decisions) {
    const body = { decisions: decisions.slice(i, i + BOUNDS.decisions) };
    const { results } = await ask("/v1/approvals", DecisionsResult, body);
    for (const result of results) {
      if ("fault" in result) refused += 1;
      print(values.json ? JSON.stringify(result) : lineOf(result));
    }
  }
  return refused === 0 ? 0 : 1;
}

type Ask = <S extends z.ZodType>(path: string, schema: S, body?: object) => Promise<z.infer<S>>;

/** Asks with the staff token of this home. Throws the gateway's fault, or `unavailable` when nobody answers. */
async function gatewayAt(url: string | undefined): Promise<Ask> {
  const { home, port } = await loadConfig(process.env);
  const base = url ?? `http://127.0.0.1:${port}`;
  if (!/^https?:\/\//.test(base) || !URL.canParse(base))
    throw new Fault("bad_config", `--url ${base}: an address such as http://127.0.0.1:8787`);
  const file = join(home, "tokens.json");
  if (!existsSync(file))
    throw new Fault("not_found", `${file} is not there: PARLEY_HOME names the gateway's home`);
  const { staff } = openTokens(file);
  return async (path, schema, body) => {
    const response = await fetch(new URL(path, base), {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${staff}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(30_000),
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((cause: unknown) => {
      throw new Fault("unavailable", `no gateway answers at ${base}; name one with --url`, { cause });
    });
    const answer: unknown = await response.json().catch(() => null);
    const problem = Problem.safeParse(answer);
    if (problem.success) throw new Fault(problem.data.code, problem.data.detail);
    const answered = schema.safeParse(answer);
    if (!answered.success) throw new Fault("unavailable", `${base} is no Parley gateway of this version`);
    return answered.data;
  };
}

async function list(ask: Ask, json: boolean): Promise<number> {
  let waiting = 0;
  for (let after: string | null = ""; after !== null; ) {
    const query: string = after === "" ? "" : `?after=${encodeURIComponent(after)}`;
    const page: ApprovalPage = await ask(`/v1/approvals${query}`, ApprovalPage);
    for (const approval of page.approvals) print(json ? JSON.stringify(approval) : card(approval));
    waiting += page.approvals.length;
    after = page.next;
  }
  if (!json && waiting === 0) print("no order waits for a person");
  return 0;
}

function card({ intent, waits }: Approval): string {
  const money = (amount: number) => formatMoney(amount, intent.currency, "en");
  const { principal, kind, tier } = intent.buyer;
  const above = waits.above === undefined ? "" : money(waits.above);
  const why = {
    above_threshold: `above ${above}`,
    no_threshold: `no order in ${intent.currency} may be bound without a person`,
    policy_then: `above the threshold when it was accepted (now ${above})`,
  }[waits.why];
  return [
    `${paint("bold", intent.id)}  ${money(intent.totals.total)}, ${why}; expires ${intent.expires_at}`,
    ...intent.lines.map(
      ({ quantity, title, unit_price }) => `  ${quantity} × ${title}, ${money(unit_price)} each`,
    ),
    paint("dim", `  for ${intent.payer.name} (${kind}, ${tier}, ${principal}), session ${intent.session}`),
  ].join("\n");
}

function lineOf(result: DecisionsResult["results"][number]): string {
  if (!("fault" in result)) return `${result.intent}  ${result.status}, by ${result.decided_by}`;
  return `${result.intent}  ${paint("red", result.fault.code)}: ${result.fault.message}`;
}

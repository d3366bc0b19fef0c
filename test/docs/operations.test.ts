import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import {
  type Family,
  operationsFile,
  operationsPath,
  PROMTOOL,
  promtool,
  scraped,
} from "../adapters/exposition.ts";
import { type RunningGateway, startGateway } from "../harness.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const { groups } = parse(operationsFile("alerts.yaml")) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(operationsFile("grafana-dashboard.json")) as { uid: string; panels: Panel[] };
const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ title, expr })),
);
const folder = mkdtempSync(join(tmpdir(), "parley-operations-"));
let families: Map<string, Family>;
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway();
  families = await scraped(gateway.url);
});
afterAll(async () => {
  await gateway?.stop();
  gateway?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The names in a query that are no function, keyword, label or number. */
function namesIn(expr: string): string[] {
  const bare = expr
    .replace(/\{[^}]*\}|"[^"]*"|\[[^\]]*\]/g, " ")
    .replace(/\b(?:by|without)\s*\([^)]*\)/g, " ")
    .replace(/\b[a-z_0-9]+\s*\(/g, " ");
  return (bare.match(/\b[a-z_][a-z_0-9]*\b/g) ?? []).filter((name) => name !== "or" && name !== "and");
}

/** Whether a gateway exposes such a series, of a histogram by the names of its parts. */
function isThere(name: string): boolean {
  if (name === "up") return true;
  const family = families.get(name);
  if (family) return family.type !== "histogram";
  return families.get(name.replace(/_(?:bucket|sum|count)$/, ""))?.type === "histogram";
}

describe("the dashboard", () => {
  it("asks only for what a gateway says of itself", () => {
    expect(queries.length).toBeGreaterThan(30);
    const missing = queries.filter(({ expr }) => namesIn(expr).length === 0 || !namesIn(expr).every(isThere));
    expect(missing).toEqual([]);
  });

  it("shows everything that a gateway of ours says of itself", () => {
    const asked = queries.map(({ expr }) => expr).join("\n");
    const unseen = [...families.keys()].filter((name) => name.startsWith("parley_") && !asked.includes(name));
    expect(unseen).toEqual([]);
  });

  it("has one panel at a place, each with a title of its own", () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)}:${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ title }) => title)).size).toBe(dashboard.panels.length);
    expect(dashboard.uid).not.toBe("");
  });
});

describe("an alert", () => {
  it("asks only for what a gateway says of itself", () => {
    const missing = rules.filter(({ expr }) => namesIn(expr).length === 0 || !namesIn(expr).every(isThere));
    expect(missing).toEqual([]);
  });

  it("says how long, how bad, what it means and what to do, and has its section in the runbook", () => {
    const runbook = operationsFile("runbook.md");
    const sections = [...runbook.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(expect.arrayContaining(rules.map(({ alert }) => alert)));
    expect(sections).toHaveLength(rules.length);
    for (const rule of rules) {
      expect(rule.for, rule.alert).toMatch(/^\d+m$/);
      expect(["critical", "warning"]).toContain(rule.labels.severity);
      for (const said of ["summary", "description", "action"])
        expect(rule.annotations[said], `${rule.alert} ${said}`).toMatch(/\.$/);
      expect(rule.annotations.runbook_url).toBe(`docs/operations/runbook.md#${rule.alert.toLowerCase()}`);
    }
  });

  it("speaks of panels by their names", () => {
    const quoted = [
      ...operationsFile("runbook.md")
        .replace(/\s+/g, " ")
        .matchAll(/"([A-Z][^"]+)"/g),
    ].map(([, name]) => name);
    const titles = dashboard.panels.map(({ title }) => title);
    expect(quoted.length).toBeGreaterThan(8);
    expect(quoted.filter((name) => !titles.includes(name ?? ""))).toEqual([]);
  });
});

describe.skipIf(!PROMTOOL)("by promtool; skipped where it is not installed", () => {
  it("rules and scrape configuration are sound", () => {
    expect(promtool(["check", "config", operationsPath("prometheus.yaml")])).toMatchObject({ ok: true });
  });

  it("every query of the dashboard can be read", () => {
    const file = join(folder, "queries.yaml");
    const expressions = queries.map(({ expr }, n) => ({
      record: `query:${n}`,
      expr: expr.replaceAll("$__rate_interval", "5m").replaceAll("$instance", ".*"),
    }));
    writeFileSync(file, stringify({ groups: [{ name: "dashboard", rules: expressions }] }));
    expect(promtool(["check", "rules", file])).toMatchObject({ ok: true });
  });

  it("each alert fires on what it is for, and on nothing of a gateway that is well", () => {
    const file = join(folder, "fires.yaml");
    const test = (
      name: string,
      series: readonly (readonly [string, string])[],
      fires: (alert: string) => boolean,
    ) => ({
      name,
      interval: "1m",
      input_series: series.map(([of, values]) => ({ series: of, values })),
      alert_rule_test: rules
        .filter(({ alert }) => !fires(alert))
        .map(({ alert }) => ({ eval_time: "40m", alertname: alert, exp_alerts: [] })),
    });
    // promtool wants every label and annotation of an alert that fires; that it does is asked for as a series instead.
    const firing = Object.entries(FIRES).map(([alert, series]) => ({
      name: alert,
      interval: "1m",
      input_series: series.map(([of, values]) => ({ series: of, values })),
      promql_expr_test: [
        {
          expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) > 0`,
          eval_time: "40m",
          exp_samples: [{ labels: "{}", value: 1 }],
        },
      ],
    }));
    expect(Object.keys(FIRES).sort()).toEqual(rules.map(({ alert }) => alert).sort());
    const document = {
      rule_files: [operationsPath("alerts.yaml")],
      evaluation_interval: "1m",
      tests: [...firing, test("well", WELL, () => false)],
    };
    writeFileSync(file, stringify(document));
    expect(promtool(["test", "rules", file])).toMatchObject({ ok: true });
  });
});

type Series = readonly (readonly [series: string, values: string])[];

/** What makes each alert fire within forty minutes. */
const FIRES: Readonly<Record<string, Series>> = {
  ParleyDeliveriesLate: [['parley_outbox_oldest_due_seconds{instance="a"}', "0+60x60"]],
  ParleyDeliveriesDead: [['parley_outbox_items{instance="a",state="dead"}', "1x60"]],
  ParleyOrdersExpireSoon: [['parley_open_orders_expire_seconds{status="pending"}', "3500x60"]],
  ParleyApprovalsWait: [['parley_open_orders_expire_seconds{status="approval_pending"}', "14000x60"]],
  ParleyStoreUnreadable: [['parley_store_readable{instance="a"}', "0x60"]],
  ParleyAppendsFail: [['parley_append_seconds_count{outcome="failed"}', "0+1x60"]],
  ParleyCommitsSlow: [
    ['parley_store_commit_seconds_bucket{le="0.1"}', "0+10x60"],
    ['parley_store_commit_seconds_bucket{le="0.25"}', "0+20x60"],
    ['parley_store_commit_seconds_bucket{le="+Inf"}', "0+20x60"],
  ],
  ParleyDown: [['up{job="parley",instance="a"}', "0x60"]],
  ParleyRestarts: [['process_start_time_seconds{job="parley"}', "0+120x60"]],
  ParleyTurnsFail: [
    ['parley_turns_total{outcome="failed"}', "0+2x60"],
    ['parley_turns_total{outcome="replied"}', "0+98x60"],
  ],
  ParleyAcksSlow: [
    ['parley_ack_seconds_bucket{le="0.5"}', "0+10x60"],
    ['parley_ack_seconds_bucket{le="1"}', "0+20x60"],
    ['parley_ack_seconds_bucket{le="+Inf"}', "0+20x60"],
  ],
  ParleyQueuesGrow: [["parley_queued_messages", "600x60"]],
  ParleyEventLoopLate: [['nodejs_eventloop_lag_p99_seconds{job="parley"}', "0.3x60"]],
  ParleySearchesPartial: [
    ['parley_search_partials_total{kind="search"}', "0+1x60"],
    ['parley_search_seconds_count{kind="search"}', "0+10x60"],
  ],
  ParleyHistoryLost: [['parley_resumes_total{outcome="epoch_changed"}', "0+1x60"]],
  ParleyRefusals: [['parley_refusals_total{code="unauthorized"}', "0+1200x60"]],
  ParleyFlood: [['parley_faults_total{code="rate_limited"}', "0+1200x60"]],
  ParleyBuffered: [["parley_buffered_bytes", "300000000x60"]],
  ParleyModelFails: [
    ['parley_questions_total{outcome="timeout"}', "0+3x60"],
    ['parley_questions_total{outcome="answered"}', "0+7x60"],
  ],
  ParleyModelCosts: [["parley_model_cost_usd_total", "0+1x60"]],
};

/** The same series of a gateway at work that is well. */
const WELL: Series = [
  ["parley_outbox_oldest_due_seconds", "1x60"],
  ['parley_outbox_items{state="dead"}', "0x60"],
  ['parley_open_orders_expire_seconds{status="pending"}', "90000x60"],
  ['parley_open_orders_expire_seconds{status="approval_pending"}', "90000x60"],
  ["parley_store_readable", "1x60"],
  ['parley_append_seconds_count{outcome="appended"}', "0+100x60"],
  ['parley_store_commit_seconds_bucket{le="0.1"}', "0+20x60"],
  ['parley_store_commit_seconds_bucket{le="+Inf"}', "0+20x60"],
  ['up{job="parley"}', "1x60"],
  ['process_start_time_seconds{job="parley"}', "1000x60"],
  ['parley_turns_total{outcome="replied"}', "0+100x60"],
  ['parley_turns_total{outcome="refused"}', "0+20x60"],
  ['parley_ack_seconds_bucket{le="0.5"}', "0+20x60"],
  ['parley_ack_seconds_bucket{le="+Inf"}', "0+20x60"],
  ["parley_queued_messages", "3x60"],
  ['nodejs_eventloop_lag_p99_seconds{job="parley"}', "0.02x60"],
  ['parley_search_partials_total{kind="search"}', "0x60"],
  ['parley_search_seconds_count{kind="search"}', "0+10x60"],
  ['parley_resumes_total{outcome="resumed"}', "0+10x60"],
  ['parley_refusals_total{code="unauthorized"}', "0+10x60"],
  ['parley_faults_total{code="rate_limited"}', "0+10x60"],
  ["parley_buffered_bytes", "300000x60"],
  ['parley_questions_total{outcome="answered"}', "0+7x60"],
  ['parley_questions_total{outcome="aborted"}', "0+7x60"],
  ["parley_model_cost_usd_total", "0+0.1x60"],
];

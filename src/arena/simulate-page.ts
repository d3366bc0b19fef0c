import { esc } from "./picture.ts";
import { STYLE } from "./report-style.ts";
import type { Row } from "./simulate.ts";
import { barsOf, dealsOf } from "./simulate-charts.ts";
import type { Group, Report } from "./simulate-report.ts";
import { type Cells, sections, totals } from "./simulate-tables.ts";
import { cash, share, verdictOf } from "./simulate-verdict.ts";

/** Groups that one chart holds; the table has them all. */
const CHARTED = 12;

/** A trial as one HTML file that needs nothing beside it and reaches for nothing. */
export function page(report: Report, rows: readonly Row[]): string {
  const { vendor, policy, against, visitors, currency, seed, old_policy, by } = report;
  const title = `${vendor}: policy ${policy}${against === null ? "" : ` against ${against}`}`;
  const legend =
    old_policy === null
      ? ""
      : `<p class="key"><span><i class="was"></i>old policy: ${esc(against ?? "")}</span><span><i class="is"></i>new policy: ${esc(policy)}</span></p>`;
  const money = (amount: number) => cash(amount, currency);
  const chart = (name: string, groups: readonly Group[]) => [
    barsOf({
      title: `Contribution margin a hundred visitors, by ${name}`,
      ...{ groups: groups.slice(0, CHARTED), value: ({ margin }) => margin, say: money },
    }),
    barsOf({
      title: `Share of visits closed, by ${name}`,
      ...{ groups: groups.slice(0, CHARTED), value: ({ close }) => close, say: share },
    }),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${esc(title)}</title><style>${STYLE}${OWN}</style></head><body><main>
<p class="secret">Secret: floors and margins, for the vendor's own eyes</p>
<h1>${esc(title)}</h1>
<p class="about">${visitors.toLocaleString("en")} simulated visitors, ${esc(currency)}, seed ${seed}. ${
    old_policy === null
      ? ""
      : "Both policies met the very same visitors; intervals are over visitors drawn again. "
  }Nobody has asked these buyers: what they would pay is drawn from published figures, so trust comparisons more than levels.</p>
<ul class="card">${verdictOf(report)
    .map((line) => `<li>${esc(line)}</li>`)
    .join("")}</ul>
${tableOf(totals(report))}
${legend}
${[...chart("way of buying", by.buyer), ...chart("category", by.category), dealsOf(rows, report)].join("\n")}
${sections(report)
  .map((cells) => `<section>${tableOf(cells)}</section>`)
  .join("\n")}
<p class="about">${report.replayed.identical} of ${report.replayed.sessions} sessions came out byte-identical when decided again.</p>
</main></body></html>
`;
}

function tableOf({ head, rows }: Cells): string {
  // What a name is indented by says that it is a part of the row above.
  const cells = (row: readonly string[], tag: "td" | "th") =>
    row
      .map((cell) => `<${tag}${/^ /.test(cell) ? ' class="part"' : ""}>${esc(cell.trim())}</${tag}>`)
      .join("");
  return `<div class="card scroll"><table><thead><tr>${cells(head, "th")}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row, "td")}</tr>`)
    .join("")}</tbody></table></div>`;
}

const OWN = `
main{max-width:960px}td.part:first-child{padding-left:24px;font-weight:400}figure{overflow-x:auto}figure svg{min-width:560px}
h1{margin:4px 0}.card{margin:14px 0}ul.card{padding-left:34px}figcaption{font-weight:600;margin-bottom:6px}
.secret{display:inline-block;margin:0;padding:2px 10px;border-radius:6px;background:#b3372b;color:#fff;font-size:12.5px;font-weight:600}
.is{fill:var(--heat);background:var(--heat)}.was{fill:var(--dot);background:var(--dot)}.floor{stroke:#d0483a;stroke-width:1.5}
.key i{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:6px}
circle.machine{fill:var(--heat);fill-opacity:.5}circle.person{fill:none;stroke:var(--heat);stroke-opacity:.85}
`;

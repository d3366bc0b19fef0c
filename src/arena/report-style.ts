/** Strategies' colours on light and on dark ground; with more strategies than colours they are used again. */
const COLOURS: readonly (readonly [string, string])[] = [
  ["#2f54d1", "#8ea6ff"],
  ["#d9480f", "#ff9a5c"],
  ["#0b8a5f", "#4fd6a2"],
  ["#b5179e", "#f283e3"],
  ["#0e86a8", "#58cfee"],
  ["#8a6d00", "#e5c34b"],
  ["#7c3aed", "#c3a2ff"],
  ["#be123c", "#ff8fa6"],
  ["#4d7c0f", "#abd95c"],
  ["#6b7280", "#b6bdc9"],
  ["#0f766e", "#62d9cd"],
  ["#9a3412", "#e7a07e"],
];

export const COLOUR_COUNT = COLOURS.length;

const variables = (which: 0 | 1) => COLOURS.map((each, i) => `--s${i}:${each[which]}`).join(";");

/** One sheet for light, dark and paper; nothing comes from anywhere else. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b1f24;--dim:#667085;--line:#e3e6ea;--dot:#c3c9d2;--zone:#eef4ff;--edge:#475467;--heat:#2f54d1;${variables(0)}}
@media(prefers-color-scheme:dark){:root{--bg:#0f1216;--card:#171b21;--ink:#e6e9ee;--dim:#96a0ae;--line:#2a3039;--dot:#4a5361;--zone:#1b2434;--edge:#c9d1dc;--heat:#6f8dff;${variables(1)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",sans-serif}
main{max-width:1240px;margin:0 auto;padding:28px 20px 80px}
h1{font-size:22px;margin:0}h2{font-size:16px;margin:30px 0 10px}h3{font-size:14.5px;margin:0 0 2px}
.about{color:var(--dim);font-size:13.5px;margin:2px 0 8px;max-width:110ch}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px}
.legend{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:4px 16px;background:var(--bg);padding:8px 0;border-bottom:1px solid var(--line);max-height:25vh;overflow-y:auto}
.legend label{display:inline-flex;align-items:center;gap:6px;font-size:13.5px;cursor:pointer}
.legend i{width:11px;height:11px;border-radius:50%;background:currentColor}.legend span{color:var(--ink)}
.legend input{margin:0;accent-color:currentColor}
.key{display:flex;flex-wrap:wrap;gap:2px 18px;color:var(--dim);font-size:13px;margin:10px 0}

.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,380px),1fr));gap:14px}
svg{display:block;width:100%;height:auto;font:12px system-ui,sans-serif}
.key svg{display:inline-block;width:16px;height:16px;vertical-align:-3px;margin-right:6px}
.grid{stroke:var(--line);fill:none}.tick{fill:var(--dim);font-size:11px;text-anchor:middle}.end{text-anchor:end}
.axis{fill:var(--dim);text-anchor:middle}.zone{fill:var(--zone)}.limit{stroke:var(--edge);stroke-dasharray:3 4;opacity:.55;fill:none}
.all{stroke:var(--dot);stroke-width:2.6;stroke-linecap:round;fill:none}
.frontier{fill:none;stroke:var(--edge);stroke-width:1.4;stroke-linejoin:round}
.mark{fill:currentColor;fill-opacity:.62;stroke:var(--card);stroke-width:.8}.mark:hover{fill-opacity:1;stroke:var(--ink)}
.nash{fill:var(--card);stroke:var(--ink);stroke-width:1.5}
.name{fill:currentColor;font-size:13px;font-weight:600}.panel{fill:var(--ink);font-size:13px;font-weight:600}
.fill{fill:currentColor;opacity:.22}.interval{stroke:currentColor;stroke-width:1.8;fill:none}.mean{fill:currentColor}
.value{fill:var(--ink);font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}.wide svg{min-width:640px}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;width:100%}
th{font-weight:600;color:var(--dim);text-align:right;padding:4px 8px;white-space:nowrap}
td{text-align:right;padding:4px 8px;border-top:1px solid var(--line);white-space:nowrap}td small{color:var(--dim)}
th:first-child,td:first-child{text-align:left;font-weight:600}
.heat td:not(:first-child){background:color-mix(in srgb,var(--heat) calc(var(--v)*46%),transparent);text-align:center}
.heat th:not(:first-child){writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;padding:8px 4px}
.nodeal{color:var(--dim);font-size:12.5px;margin:6px 0 0}
${COLOURS.map((_, i) => `.s${i}{color:var(--s${i})}`).join("")}
@media print{.legend{position:static}.card{break-inside:avoid}}
`;

/** The look of the report: one sheet, no font or picture from anywhere else. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b1f24;--dim:#667085;--line:#e3e6ea;--accent:#3457d5;
--ok:#12784a;--ok-bg:#e2f5ea;--bad:#b42318;--bad-bg:#fdeceb;--warn:#8a5a00;--warn-bg:#fdf3dc;--you:#e4ebff;--they:#f1f3f5}
@media(prefers-color-scheme:dark){:root{--bg:#0f1216;--card:#171b21;--ink:#e6e9ee;--dim:#96a0ae;--line:#2a3039;--accent:#8aa4ff;
--ok:#6fd8a0;--ok-bg:#12331f;--bad:#ff9b92;--bad-bg:#3a1715;--warn:#f0c674;--warn-bg:#35290f;--you:#22305c;--they:#20262e}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
main{max-width:1120px;margin:0 auto;padding:28px 20px 80px}
h1{font-size:22px;margin:0 0 2px}h1 small{font-weight:400;color:var(--dim);font-size:14px;margin-left:8px}
.sum{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 16px;min-width:96px}
.tile b{display:block;font-size:20px;font-variant-numeric:tabular-nums}.tile span{color:var(--dim);font-size:12.5px}
.tools{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:10px 0;background:var(--bg)}
input[type=search]{flex:1 1 220px;padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:var(--card);color:inherit;font:inherit}
.tools button{padding:7px 12px;border:1px solid var(--line);border-radius:8px;background:var(--card);color:inherit;font:inherit;cursor:pointer}
.tools button[aria-pressed=true]{border-color:var(--accent);color:var(--accent);font-weight:600}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.row{display:grid;grid-template-columns:64px minmax(0,1fr) 70px 52px 52px 68px 76px 70px;gap:10px;align-items:baseline}
.head{color:var(--dim);font-size:12.5px;padding:4px 14px}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details.fix{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:6px 0}
details.fix>summary{list-style:none;cursor:pointer;padding:9px 14px}details.fix>summary::-webkit-details-marker{display:none}
details.fix[open]>summary{border-bottom:1px solid var(--line)}
.id{font-weight:600}.about{color:var(--dim);font-size:13px;display:block}
.pill{display:inline-block;border-radius:6px;padding:1px 8px;font-size:12.5px;font-weight:600}
.pass{color:var(--ok);background:var(--ok-bg)}.fail,.error{color:var(--bad);background:var(--bad-bg)}.stale{color:var(--warn);background:var(--warn-bg)}
.changed{color:var(--accent);border:1px solid currentColor;background:none;margin-left:6px;font-weight:500}
.talk{padding:14px 16px 18px}.file{color:var(--dim);font-size:12.5px;margin:0 0 8px}
.turn{padding:10px 0;border-top:1px dashed var(--line)}.turn:first-of-type{border-top:0}
.turn{position:relative;padding-left:26px}.n{position:absolute;left:0;top:16px;color:var(--dim);font-size:12px;font-variant-numeric:tabular-nums}.speech i{font-style:normal;border:1px solid var(--line);border-radius:6px;padding:0 6px;font-size:12px}
.say{max-width:78%;width:fit-content;border-radius:14px;padding:8px 13px;margin:5px 0;white-space:pre-wrap}
.you{margin-left:auto;background:var(--you);border-bottom-right-radius:4px}.they{background:var(--they);border-bottom-left-radius:4px}
.say code,.mono{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.speech{color:var(--dim);font-size:13px;margin:0 0 4px 4px}
.meta{display:flex;flex-wrap:wrap;gap:6px;margin:3px 0;font-size:12.5px;color:var(--dim);align-items:center}
.tag{border:1px solid var(--line);border-radius:6px;padding:0 7px}
.offers{display:flex;flex-wrap:wrap;gap:8px;margin:6px 0}
.offer{border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:8px;padding:8px 12px;min-width:230px;max-width:420px;font-size:13.5px}
.offer ul{margin:3px 0;padding:0;list-style:none}.offer .total{font-size:16px;font-weight:700}.offer small{color:var(--dim)}
.calls{margin:6px 0;border-collapse:collapse;font-size:12.5px}.calls td{padding:2px 10px 2px 0;vertical-align:top;white-space:nowrap}
table.miss{border-collapse:collapse;margin:8px 0;font-size:13px;width:100%}
.miss th{font-weight:600;text-align:left;color:var(--dim);padding:3px 10px;border-bottom:1px solid var(--line)}
.miss td{padding:4px 10px;vertical-align:top;border-bottom:1px solid var(--line)}
.want{background:var(--ok-bg);color:var(--ok)}.got{background:var(--bad-bg);color:var(--bad)}
pre{background:var(--bg);border:1px solid var(--line);border-radius:8px;padding:10px 12px;overflow:auto;margin:6px 0;font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
pre .add{color:var(--ok);background:var(--ok-bg)}pre .del{color:var(--bad);background:var(--bad-bg)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:12px}.two h4{margin:4px 0;font-size:12.5px;color:var(--dim);font-weight:600}.two .say{max-width:100%}
.none{display:none;color:var(--dim);text-align:center;padding:40px}
h3{font-size:14px;margin:16px 0 4px}
@media(max-width:760px){.row{grid-template-columns:58px minmax(0,1fr) 64px}.row>.wide{display:none}.say{max-width:92%}.two{grid-template-columns:1fr}}
@media print{.tools{display:none}}
`;

/** Filters by words and verdict; opens and closes all. It reads nothing but the page. */
export const SCRIPT = `
(()=>{const all=[...document.querySelectorAll("details.fix")],find=document.querySelector("#find"),none=document.querySelector(".none");
let want="all";const show=()=>{const words=find.value.toLowerCase().split(/\\s+/).filter(Boolean);let n=0;
for(const one of all){const ok=(want==="all"||one.dataset.verdict===want||(want==="changed"&&one.dataset.changed==="yes"))&&words.every(w=>one.dataset.find.includes(w));one.hidden=!ok;n+=ok}
none.style.display=n?"none":"block"};
find.addEventListener("input",show);
for(const b of document.querySelectorAll("[data-want]"))b.addEventListener("click",()=>{want=b.dataset.want;for(const o of document.querySelectorAll("[data-want]"))o.setAttribute("aria-pressed",String(o===b));show()});
document.querySelector("#open").addEventListener("click",()=>{const some=all.some(d=>!d.hidden&&!d.open);for(const d of all)if(!d.hidden)d.open=some});
if(location.hash){const d=document.getElementById(location.hash.slice(1));if(d)d.open=true}
})();
`;

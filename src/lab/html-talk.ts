import { formatMoney } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Outcome, PlayedCall, PlayedTurn } from "./outcome.ts";

/** One played fixture as a chat: who said what, the offers as cards, the questions put to a model, what did not hold. */
export function talkOf(outcome: Outcome, before: Outcome | null): string {
  const problem = outcome.problem === undefined ? "" : `<pre>${esc(outcome.problem)}</pre>`;
  const turns = outcome.turns
    .map((turn) => turnOf(turn, outcome, before?.turns[turn.n - 1] ?? null))
    .join("");
  const house = outcome.house
    ? `<h3>The house alone, now <span class="pill ${outcome.house.verdict}">${outcome.house.verdict}</span></h3>${outcome.house.turns.map((turn) => turnOf(turn, outcome, null)).join("")}`
    : "";
  return `<div class="talk"><p class="file mono">${esc(outcome.file)}${outcome.model ? ` · ${esc(outcome.model)}` : ""}</p>${problem}${turns}${house}</div>`;
}

/** Whether two plays of a turn differ in what was decided or said. */
export function differs(now: PlayedTurn, then: PlayedTurn | null): boolean {
  return then !== null && JSON.stringify(faceOf(now)) !== JSON.stringify(faceOf(then));
}

/** Text as HTML: nothing of it can be markup. */
export function esc(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Millionths of a dollar for people. */
export function dollars(micro_usd: number): string {
  return `$${(micro_usd / 1_000_000).toFixed(micro_usd >= 1_000_000 ? 2 : 4)}`;
}

function turnOf(turn: PlayedTurn, { lang }: Outcome, then: PlayedTurn | null): string {
  const said =
    "say" in turn.message
      ? `<div class="say you">${esc(turn.message.say)}</div>`
      : `<div class="say you"><code>${esc(JSON.stringify(turn.message.act))}</code></div>`;
  const both = then !== null && differs(turn, then);
  const replied = both
    ? `<div class="two"><div><h4>before</h4>${replyOf(then, lang)}</div><div><h4>now</h4>${replyOf(turn, lang)}</div></div>`
    : replyOf(turn, lang);
  return `<section class="turn"><div class="n">${turn.n}</div>${said}${replied}${callsOf(turn.calls)}${missesOf(turn)}</section>`;
}

function replyOf({ move, words, fault, by, ms }: PlayedTurn, lang: string): string {
  if (fault) return `<div class="say they"><b>${esc(fault.code)}</b> ${esc(fault.message)}</div>`;
  const spoken =
    words && words.speech !== words.text ? `<p class="speech"><i>spoken</i> ${esc(words.speech)}</p>` : "";
  const text = words ? `<div class="say they" lang="${words.lang}">${esc(words.text)}</div>${spoken}` : "";
  const tags = move ? [move.act, ...move.reasons, ...(move.ask ? [`asks ${move.ask}`] : [])] : [];
  const cites = move && move.citations.length > 0 ? [`${move.citations.length} cited`] : [];
  const orders = move ? move.intents.map((intent) => `${intent.kind} ${intent.status}`) : [];
  const all = [...tags, ...orders, ...cites, ...(by ? [`words by ${by}`] : []), `${ms} ms`];
  const meta = `<div class="meta">${all.map((tag) => `<span class="tag">${esc(tag)}</span>`).join("")}</div>`;
  const cards = (move?.offers ?? []).map((offer) => cardOf(offer, lang)).join("");
  return `${text}${cards ? `<div class="offers">${cards}</div>` : ""}${meta}`;
}

function cardOf({ lines, terms, totals, currency, discounts, final, revision }: Offer, lang: string): string {
  const money = (amount: number) => esc(formatMoney(amount, currency, lang));
  const items = lines
    .map(({ quantity, title, unit_price, list_price, gift }) => {
      const listed = list_price > unit_price ? `&nbsp;<small><s>${money(list_price)}</s></small>` : "";
      return `<li>${quantity} × ${esc(title)} <b>${gift ? "gift" : money(unit_price)}</b>${gift ? "" : listed}</li>`;
    })
    .join("");
  const issues = [
    terms.delivery.id,
    terms.warranty.id,
    terms.payment.id,
    terms.returns.id,
    terms.subscription?.id,
  ];
  const off = discounts.map(({ kind, amount }) => `${kind} −${money(amount)}`).join(", ");
  return `<div class="offer"><ul>${items}</ul><div class="total">${money(totals.total)}</div><small>${issues.flatMap((id) => (id ? [esc(id)] : [])).join(" · ")}${off ? `<br>${off}` : ""}<br>revision ${revision}${final ? ", final" : ""}</small></div>`;
}

function callsOf(calls: readonly PlayedCall[]): string {
  if (calls.length === 0) return "";
  const rows = calls.map(({ call, source, stale }) => {
    const colour = source === "stale" || source === "missing" ? "stale" : "pass";
    const tokens = call.tokens ? `${call.tokens.in} + ${call.tokens.out} tokens` : "";
    const cost = call.micro_usd === null ? "" : dollars(call.micro_usd);
    const cells = [
      `<span class="mono">${esc(call.prompt)}@${esc(call.hash)}</span> v${call.version}`,
      `<span class="pill ${colour}">${source}</span>`,
      ...[
        call.outcome,
        call.repaired ? "repaired" : "",
        call.reported ?? call.model,
        tokens,
        cost,
        `${call.ms} ms`,
      ].map(esc),
    ];
    const row = `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
    if (!stale) return row;
    const { before, after } = stale.tokens;
    const note = `changed: ${stale.changed.join(", ")}; prompt ${before} → ${after} tokens (${after >= before ? "+" : ""}${after - before})`;
    return `${row}<tr><td colspan="8">${esc(note)}${stale.diff ? diffOf(stale.diff) : ""}</td></tr>`;
  });
  return `<table class="calls">${rows.join("")}</table>`;
}

function diffOf(diff: string): string {
  const lines = diff.split("\n").map((line) => {
    const kind = /^\+(?!\+\+)/.test(line) ? "add" : /^-(?!--)/.test(line) ? "del" : "";
    return kind ? `<span class="${kind}">${esc(line)}</span>` : esc(line);
  });
  return `<pre>${lines.join("\n")}</pre>`;
}

function missesOf({ failures }: PlayedTurn): string {
  if (failures.length === 0) return "";
  const shown = (value: unknown) =>
    esc(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));
  const rows = failures.map(
    ({ path, wanted, got }) =>
      `<tr><td class="mono">${esc(path)}</td><td class="want">${shown(wanted)}</td><td class="got">${shown(got)}</td></tr>`,
  );
  return `<table class="miss"><tr><th>expected of</th><th>wanted</th><th>got</th></tr>${rows.join("")}</table>`;
}

function faceOf({ move, words, fault }: PlayedTurn): unknown {
  const offers = (move?.offers ?? []).map(({ lines, terms, totals, final }) => ({
    lines,
    terms,
    totals,
    final,
  }));
  return [move?.act, move?.reasons, move?.ask, offers, words?.text, words?.speech, fault?.code];
}

import type { IntentView, Move } from "../../domain/reply.ts";
import type { Lang } from "../../domain/text.ts";
import { button, h, iconButton } from "./dom.ts";
import { fill, money, named, number, time } from "./figures.ts";
import { offerCard } from "./offer-card.ts";
import type { Said } from "./outbox.ts";
import { comparisonTable, productCard } from "./product-card.ts";
import type { Cited, Stage } from "./stage.ts";
import type { Item, ItemOf } from "./timeline.ts";
import { words } from "./words.ts";

/** One thing of the log, as it is shown. */
export function message(item: Item, stage: Stage): HTMLElement {
  const text = textOf(item, stage);
  const { kind } = item;
  if (kind === "reply") return reply(item, text, stage);
  if (kind === "order") return orderCard(item.intent, stage, item.note);
  if (kind === "closed") return notice(text, button(words.anew, stage.renew));
  if (kind === "handoff")
    return notice(text, item.to === "callback" && button(words.contactTitle, stage.leaveContact));
  const [looks, who] = kind === "said" ? ["person", item.name] : ["mine", words.you];
  return bubble(looks, who, time(item.at), said(text));
}

/** What an item says in plain text. */
export function textOf(item: Item, stage: Stage): string {
  const { kind } = item;
  if (kind === "message") return spoken(item.message, stage);
  if (kind === "said") return item.text;
  if (kind === "handoff") return item.words.text;
  if (kind === "reply") return item.words?.text || item.partial || "";
  if (kind === "closed") return words.closed;
  return `${fill(words.order, item.intent.id)}: ${named(words.status, item.intent.status)}`;
}

/** What an element may hold; what is false or absent is left out. */
export type Content = Node | false | null | undefined | 0 | "" | readonly Content[];

export function notice(text: string, more?: Node | false): HTMLElement {
  return h("div.notice", h("p", text), more);
}

export function bubble(looks: string, who: string, when: string, ...content: Content[]): HTMLElement {
  return h(
    `article.message ${looks}`,
    { ariaLabel: who },
    h("small.who", h("bdi", who), ` ${when}`),
    content,
  );
}

/** Lines of plain text; `lang` says what they are written in, for voices and line breaks. */
export function said(text: string, lang = /\p{sc=Hang}/u.test(text) ? "ko" : "en"): HTMLElement {
  return h("p.text", { lang, dir: "auto" }, text);
}

function reply(item: ItemOf<"reply">, text: string, stage: Stage): HTMLElement {
  const { timeline } = stage.conversation;
  const { move, words: made, seq } = item;
  const { results, comparison, readback } = move;
  const shown = move.act === "readback" ? [] : move.offers;
  const listed = made && (shown[0] || results[0] || comparison);
  const read = readback && timeline.last === item && timeline.offer(readback.offer);
  return bubble(
    "reply",
    words.assistant,
    time(item.at),
    said(listed ? withoutLists(text) : text, made?.lang),
    item.interrupted && h("small.note", words.cut),
    made && [
      h(
        "div.products",
        results.map((card) => productCard(card, stage)),
      ),
      comparison && comparisonTable(comparison, timeline.titles),
      h(
        "div.offers",
        shown.map((offer) => offerCard(offer, timeline.standing(offer, seq), stage)),
      ),
      read && button(words.review, () => stage.review(read), "main"),
      move.intents.map((intent) => orderCard(intent, stage)),
      sources(move, stage),
      rate(item, stage),
    ],
  );
}

/** What stands in a card or table below is not said twice. */
function withoutLists(text: string): string {
  return text.replace(/^(?:- |\d+\. |.* \| |[-─+ ]+$).*\n?/gm, "").trim();
}

/** An order as it stands now, wherever in the log it is shown. */
function orderCard(shown: IntentView, stage: Stage, note?: string): HTMLElement {
  const intent = stage.conversation.timeline.intents.get(shown.id) ?? shown;
  const { id, status } = intent;
  return h(
    "div.order",
    h("h3", named(words.status, status)),
    h("p", h("b", money(intent.total, intent.currency)), " ", h("small", fill(words.order, id))),
    note && h("small.note", note),
    /pending|accepted/.test(status) &&
      button(words.mine.cancel_order, () => stage.act({ act: "cancel_order", intent: id })),
  );
}

/** Where what was said comes from, one button a source. */
function sources({ answers, comparison, citations }: Move, stage: Stage): HTMLElement {
  const compared = comparison?.rows.flatMap(({ values }) => values) ?? [];
  const facts = [...compared, ...answers.flatMap((answer) => answer.facts)];
  const found = new Map<string, Cited>();
  for (const { fact: id, quote } of citations) {
    const fact = facts.find((one) => one?.id === id);
    if (!fact) continue;
    const { about, key, label, text, source } = fact;
    const title = text
      ? source.section || key
      : (stage.conversation.timeline.titles.get(about as string) ?? label?.[words.lang as Lang] ?? key);
    const cited = found.get(title) ?? { title, source, facts: [], quotes: [] };
    const quoted = quote ?? text;
    cited.facts.push(fact);
    if (quoted) cited.quotes.push(quoted);
    found.set(title, cited);
  }
  return h(
    "div.sources",
    { role: "group", ariaLabel: words.sources },
    [...found.values()].slice(0, 6).map((cited) => button(cited.title, () => stage.cite(cited))),
  );
}

function rate({ seq, helpful }: ItemOf<"reply">, { conversation }: Stage): HTMLElement {
  const thumb = (sign: string, word: string, means: boolean) =>
    iconButton(sign, word, () => conversation.tell({ type: "feedback", of: seq, helpful: means }), "thumb", {
      ariaPressed: helpful === means,
    });
  return h("div.rate", thumb("👍", words.helpful, true), thumb("👎", words.unhelpful, false));
}

/** What one said oneself, a typed act in words. */
export function spoken({ text, act }: Omit<Said, "id">, { conversation }: Stage): string {
  if (!act) return text ?? "";
  if (act.act !== "propose")
    return fill(named(words.mine, act.act), act.act === "leave_contact" && act.contact);
  const { timeline, welcome } = conversation;
  const { lines = [], terms, total, counters } = act;
  const days = terms?.delivery?.days_max;
  const months = terms?.warranty?.months_min;
  return [
    counters ? words.counter : words.askOffer,
    ...lines.map(({ item, quantity = 1 }) => {
      const { sku } = item as { sku: string };
      return `${number(quantity)} × ${timeline.titles.get(sku) ?? sku}`;
    }),
    total !== undefined && `${words.total}: ${money(total, welcome?.currency ?? "USD")}`,
    days && `${words.field.delivery}: ${days}`,
    months && `${words.field.warranty}: ${months}`,
  ]
    .filter(Boolean)
    .join("\n");
}

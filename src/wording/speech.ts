import type { Offer } from "../domain/offer.ts";
import type { Card, Move } from "../domain/reply.ts";
import { inLang } from "../domain/text.ts";
import { answerSpeech } from "./answers.ts";
import { verdictText } from "./comparison.ts";
import { spokenValue } from "./faces.ts";
import { askedSpeech } from "./handover.ts";
import { LANGUAGES } from "./languages.ts";
import { speakable, spokenTitle } from "./speakable.ts";
import { spokenMoney } from "./spoken.ts";
import type { Context } from "./templates.ts";
import { choicesAre, reasonSaid } from "./written.ts";

/** The words to speak: about eight seconds, the price last and in words, at most one question and that at the end. */
export function speechText(move: Move, question: string, context: Context): string {
  const body = bodyOf(move, context);
  const reason = reasonOf(move, body, context);
  const answer = answerOf(move, body === "" ? 2 : 1, context);
  const said = [answer || reason, body].filter((part) => part !== "");
  if (said.length === 0) said.push(LANGUAGES[context.lang].plain[move.act]);
  const asks = said.at(-1)?.endsWith("?") ?? false;
  const spoken = said.join(" ").replace(/[:;](?= )/g, ",");
  return asks || question === "" ? spoken : `${spoken} ${question}`;
}

const TITLE_CHARS = 32;

function reasonOf(move: Move, body: string, context: Context): string {
  if (move.act === "greet" || move.act === "help") return "";
  const near = move.results.length > 0;
  const reason = move.reasons.find(
    (r) => !(r === "nearest_only" && near) && !(r === "details_missing" && body !== ""),
  );
  return reason ? reasonSaid(reason, move, context) : "";
}

function answerOf(move: Move, most: number, context: Context): string {
  const answer = move.answers.find((a) => a.facts.length > 0) ?? move.answers[0];
  if (!answer) return "";
  const said = answerSpeech(answer, most, context);
  const open = answer.facts.length === 0 && most > 1;
  return open ? `${said} ${LANGUAGES[context.lang].answers.instead(null)}` : said;
}

function bodyOf(move: Move, context: Context): string {
  const { spoken, plain } = LANGUAGES[context.lang];
  switch (move.act) {
    case "greet":
      return greetingOf(context);
    case "help":
      return sellsOf(context) || spoken.help;
    case "handoff":
      return askedSpeech(move, context);
    case "farewell":
      return plain.farewell;
    case "accepted":
    case "approval_pending":
    case "order_status":
    case "cancelled":
      return orderOf(move, context);
    case "readback":
      return readbackOf(move, context);
    default:
      return offersOf(move, context) || productsOf(move, context) || choicesOf(move, context);
  }
}

function sellsOf({ lang, vendor }: Context): string {
  if (!vendor.sells) return "";
  const kinds = inLang(vendor.sells, lang).split(/,\s*/);
  const said = speakable(kinds.slice(0, KINDS).join(", "), lang, 160);
  return LANGUAGES[lang].spoken.sells(said, kinds.length > KINDS);
}

/** Kinds of goods that an ear keeps. */
const KINDS = 4;

function greetingOf({ lang, vendor }: Context): string {
  const greeting = inLang(vendor.greeting, lang);
  return speakable(greeting, lang, 240) + (/[?？]\s*$/.test(greeting) ? "?" : ".");
}

function orderOf(move: Move, context: Context): string {
  const { spoken } = LANGUAGES[context.lang];
  const intent = move.intents.at(-1);
  if (!intent) return "";
  const total = spokenMoney(intent.total, intent.currency, context.lang);
  if (move.act === "accepted") return spoken.order(total);
  if (move.act === "approval_pending") return spoken.pending(total);
  return move.act === "cancelled"
    ? spoken.cancelled
    : spoken.status(intent.status, total, move.intents.length > 1);
}

function readbackOf(move: Move, context: Context): string {
  const { spoken, plain } = LANGUAGES[context.lang];
  const offer = move.offers.find(({ id }) => id === move.readback?.offer) ?? move.offers[0];
  if (!offer) return plain.readback;
  return spoken.readback(itemsOf(offer, context), extrasOf(offer, context), totalOf(offer, context));
}

function offersOf(move: Move, context: Context): string {
  const { spoken } = LANGUAGES[context.lang];
  const [offer] = move.offers;
  if (!offer) return "";
  if (move.offers.length > 1) {
    const dimensions = DIMENSIONS.filter((say) => new Set(move.offers.map((o) => say(o, context))).size > 1);
    const options = move.offers.map((o) => ({
      what: dimensions
        .slice(0, 1)
        .map((say) => say(o, context))
        .join(", "),
      total: totalOf(o, context),
    }));
    return spoken.packages(options);
  }
  const say = (extras: string[]) => {
    const said = [itemsOf(offer, context), extras, totalOf(offer, context)] as const;
    if (move.ask !== null || move.act === "inform") return spoken.stated(...said);
    return move.act === "final_offer" ? spoken.final(...said) : spoken.offer(...said);
  };
  const whole = say(extrasOf(offer, context));
  return whole.split(" ").length <= LONGEST_WORDS ? whole : say([]);
}

/** A listener loses the thread of a longer sentence; what is left out of it stands in the text. */
const LONGEST_WORDS = 42;

function itemsOf(offer: Offer, context: Context): string {
  const { spoken } = LANGUAGES[context.lang];
  const line = offer.lines.find(({ gift }) => !gift) ?? offer.lines[0];
  if (!line) return spoken.thing;
  const title = spokenTitle(line.title, context.lang, TITLE_CHARS, line.sku);
  const items = spoken.item(title, line.quantity);
  return offer.lines.length > 1 ? spoken.more(items, offer.lines.length - 1) : items;
}

function extrasOf(offer: Offer, { lang }: Context): string[] {
  const { spoken } = LANGUAGES[lang];
  const { delivery, subscription } = offer.terms;
  const extras = [spoken.delivery(delivery.days_min, delivery.days_max)];
  if (subscription) extras.push(spoken.subscription(subscription.every_months));
  return extras;
}

function totalOf(offer: Offer, { lang }: Context): string {
  return spokenMoney(offer.totals.total, offer.currency, lang);
}

/** What packages may differ in besides their price, most telling first. */
const DIMENSIONS: readonly ((offer: Offer, context: Context) => string)[] = [
  itemsOf,
  ({ terms }, { lang }) => LANGUAGES[lang].spoken.warranty(terms.warranty.months),
  ({ terms }, { lang }) => LANGUAGES[lang].spoken.delivery(terms.delivery.days_min, terms.delivery.days_max),
  ({ terms: { subscription } }, { lang }) => {
    const { spoken } = LANGUAGES[lang];
    return subscription ? spoken.subscription(subscription.every_months) : spoken.single;
  },
  ({ terms }, { lang }) => LANGUAGES[lang].spoken.payment(terms.payment.days),
  ({ terms }, { lang }) => LANGUAGES[lang].spoken.returns(terms.returns.days),
];

function productsOf(move: Move, context: Context): string {
  const { spoken } = LANGUAGES[context.lang];
  const cards = move.results.slice(0, 3);
  if (cards.length === 0) return "";
  const short = (card: Card) =>
    spokenTitle(card.title, context.lang, cards.length > 1 ? 24 : TITLE_CHARS, card.sku);
  const alike = (card: Card) => cards.filter((one) => short(one) === short(card)).length > 1;
  // Variants sound the same once they are cut short: the end of the title tells them apart.
  const title = (card: Card) => {
    const end = alike(card)
      ? speakable(/,\s*([^,]{1,20})$/.exec(card.title)?.[1] ?? "", context.lang, 20)
      : "";
    return end === "" ? short(card) : `${short(card)} ${end}`;
  };
  const price = (card: Card) => spokenMoney(card.list_price, card.currency, context.lang);
  const verdict =
    move.comparison && verdictText(move.comparison, move.results, { ...SPOKEN_ROWS, title }, context);
  if (verdict) return verdict;
  if (move.act === "comparison" && cards.length > 1)
    return spoken.comparison(cards.map((card) => ({ title: title(card), price: price(card) })));
  const cheapest = cards.reduce((a, b) => (b.list_price < a.list_price ? b : a));
  return spoken.results(cards.map(title), price(cheapest), move.reasons.includes("nearest_only"));
}

const SPOKEN_ROWS = {
  value: spokenValue,
  name: (label: string, { lang }: Context) => speakable(label, lang, 60),
};

function choicesOf(move: Move, { lang }: Context): string {
  if (choicesAre(move) !== "titles") return "";
  const titles = move.choices.slice(0, 3).map((choice) => {
    const [, title = "", amount = ""] = /^(.*?)(?:, ?)?([$€£₩¥][\d,.]+)?$/s.exec(choice) ?? [];
    const name = speakable(title, lang, 40) && spokenTitle(title, lang, 40, null);
    const said = [name, speakable(amount, lang, 200)];
    return said.filter((part) => part !== "").join(", ") || LANGUAGES[lang].spoken.thing;
  });
  return LANGUAGES[lang].spoken.choices(titles);
}

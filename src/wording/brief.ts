import { formatMoney } from "../domain/money.ts";
import type { Card, Move, Words } from "../domain/reply.ts";
import { ACTS } from "./brief-acts.ts";
import { factsOf, type Names, namesOf } from "./brief-facts.ts";
import { offerRows, wishOf } from "./brief-offer.ts";
import { type BriefContext, steady } from "./brief-steady.ts";
import { LANGUAGES } from "./languages.ts";
import { cut, plain } from "./plain.ts";
import type { Context } from "./templates.ts";
import { choicesAre, reasonSaid } from "./written.ts";

/** What a model is told of a move, for one reply. */
export interface Brief {
  /** What to say, in English, figures as they are to be written. Typed values only; products are numbered. */
  readonly brief: string;
  /** What the words have to contain: all-in totals, and the one question. */
  readonly must_say: string;
  /** Catalogue texts: which product each number is. */
  readonly products: string;
  /** Texts and values of entries, and what the counterpart can choose from. */
  readonly facts: string;
  /** The house's wording of the same move. */
  readonly house: string;
}

/**
 * The same move gives the same brief in every session: no id, hash, clock time or name of a session is in it, so that
 * a recorded answer can be found again. Catalogue texts stand apart from it, in `products`, `facts` and `house`.
 */
export function briefOf(move: Move, house: Words, context: BriefContext): Brief {
  const names = namesOf(move);
  const blocks = [
    `What this reply does: ${ACTS[move.act]}`,
    reasonsOf(move),
    wishOf(move, names, context),
    ...move.offers.map((offer, i) => offerBlock(move, i, offerRows(offer, names, context))),
    cardsOf(move, names, context),
    answersOf(move),
    verdictOf(move),
    ordersOf(move, context),
    choicesOf(move),
    contactOf(move, context),
    roundOf(move),
  ];
  return {
    brief: blocks.filter((block) => block !== "").join("\n"),
    must_say: mustSay(move, house, context),
    products: names.list,
    facts: factsOf(move, names, context),
    house: cut(steady(house.text, move, context), HOUSE_CHARS),
  };
}

/** A model that needs more to word one reply would not word it well; a prompt has to end somewhere. */
const HOUSE_CHARS = 4_000;

/** The question that the house's words end with, or "" when they end without one. */
export function questionIn(house: Words): string {
  const { asks, closings, packages, town } = LANGUAGES[house.lang];
  const questions = [...Object.values(asks), ...Object.values(closings), packages.closing, town];
  return questions.find(({ ask }) => ask !== "" && house.text.trimEnd().endsWith(ask))?.ask ?? "";
}

function mustSay(move: Move, house: Words, context: Context): string {
  const packages = move.offers.length > 1;
  const totals = move.offers.map((offer, i) => {
    const total = formatMoney(offer.totals.total, offer.currency, context.lang);
    return `- the all-in total of ${packages ? `package ${i + 1}` : "the offer"}: ${total}`;
  });
  const question = questionIn(house);
  const asked = question === "" ? [] : [`- at the end, this question and no other: ${question}`];
  return [...totals, ...asked].join("\n");
}

function offerBlock(move: Move, i: number, rows: readonly string[]): string {
  const many = move.offers.length;
  const head = many > 1 ? `Package ${i + 1} of ${many}, of which they choose one:` : "The offer:";
  return [head, ...rows].join("\n- ");
}

function reasonsOf(move: Move): string {
  if (move.reasons.length === 0) return "";
  return `Why: ${move.reasons.map((reason) => reasonSaid(reason, move, { lang: "en" })).join(" ")}`;
}

function cardsOf(move: Move, names: Names, { lang }: Context): string {
  if (move.results.length === 0) return "";
  const rows = move.results.map((card) => {
    const price = formatMoney(card.list_price, card.currency, lang);
    return `- ${names.of(card.sku)}: ${[price, stockOf(card), ratingOf(card)].filter((part) => part !== "").join(", ")}`;
  });
  return ["Products to show, in this order:", ...rows].join("\n");
}

function stockOf({ stock }: Card): string {
  return LANGUAGES.en.written.stock(stock);
}

function ratingOf({ rating }: Card): string {
  if (!rating) return "";
  return `rated ${Math.floor(rating.mean10 / 10)}.${rating.mean10 % 10} of 5 (${rating.count} reviews)`;
}

function answersOf(move: Move): string {
  if (move.answers.length === 0) return "";
  const open = move.answers.filter((answer) => answer.facts.length === 0).length;
  const known = move.answers.length - open;
  const disagree = move.answers.some((answer) => answer.conflicts !== undefined);
  const parts = [
    known > 0 ? "Answer their question from the facts." : "",
    open > 0
      ? `The shop's information does not answer ${known > 0 ? "part of it" : "their question"}: say so, and that it is noted.`
      : "",
  ];
  if (disagree)
    parts.push("Where sources differ, say the listed value first, and who says otherwise after it.");
  return parts.filter((part) => part !== "").join(" ");
}

function verdictOf({ comparison }: Move): string {
  return comparison?.verdict
    ? "Answer first what they asked of the products compared, as the facts have it."
    : "";
}

function ordersOf(move: Move, { lang }: Context): string {
  const rows = move.intents.map(({ status, total, currency }) => {
    const said = LANGUAGES.en.written.status("", status, formatMoney(total, currency, lang));
    return `- ${said.replace(/\s+/g, " ").replace(" (", " (all-in total ")}`;
  });
  return rows.length === 0 ? "" : ["Orders of this conversation:", ...rows].join("\n");
}

function choicesOf(move: Move): string {
  switch (choicesAre(move)) {
    case "none":
    case "taken":
      return "";
    case "titles":
      return move.offers.length > 1
        ? ""
        : `They choose one of the ${move.choices.length} choices in the facts: list them all, numbered.`;
    case "phrase":
      return "The facts hold the part of their message this is about.";
    case "subjects":
      return "The facts name what the reasons are about.";
  }
}

function roundOf({ act, offers, round }: Move): string {
  const bargains = round.of > 0 && (offers.length > 0 || act === "decline");
  return bargains ? `Bargaining round ${round.n} of ${round.of}.` : "";
}

function contactOf(move: Move, { vendor, lang }: Context): string {
  if (move.act !== "handoff") return "";
  const hours = vendor.contact.hours[lang] ?? vendor.contact.hours.en ?? vendor.contact.hours.ko ?? "";
  return `The team's contact: ${plain(vendor.contact.email, 254)} (${plain(hours, 200)})`;
}

import { formatMoney } from "../domain/money.ts";
import type { Card, IntentView, Move, MoveReason } from "../domain/reply.ts";
import { inLang } from "../domain/text.ts";
import type { Market } from "../domain/vendor.ts";
import { answerText } from "./answers.ts";
import { verdictText } from "./comparison.ts";
import { specValue } from "./faces.ts";
import { askedText } from "./handover.ts";
import { LANGUAGES } from "./languages.ts";
import { countryName, offersText, readbackText } from "./offer.ts";
import { cut, plain, quoted } from "./plain.ts";
import { comparisonText, resultsText } from "./products.ts";
import type { Context } from "./templates.ts";

/** The words to read: why, answers, products, what the move does, what to choose from, and one question at the end. */
export function writtenText(move: Move, question: string, context: Context): string {
  const between = context.channel === "agent" ? " " : "\n\n";
  const body = [resultBlock(move, context), bodyOf(move, context), choicesBlock(move, context)];
  const before = [reasonsBlock(move, context), answersBlock(move, context)];
  const said = [...before, ...body].some((block) => block !== "");
  if (!said) body.push(LANGUAGES[context.lang].plain[move.act]);
  const after = [...body, question].filter((block) => block !== "").join(between);
  const room = TEXT_CHARS - after.length - between.length;
  const lead = cut(before.filter((block) => block !== "").join(between), Math.max(room, 1));
  return lead === "" ? after : after === "" ? lead : lead + between + after;
}

const TEXT_CHARS = 8_000;

function reasonsBlock(move: Move, context: Context): string {
  const { written } = LANGUAGES[context.lang];
  const unanswered = move.answers.some((answer) => answer.facts.length === 0);
  const sentences = move.reasons
    .filter((reason) => !(reason === "not_stated" && unanswered))
    .map((reason) => reasonSaid(reason, move, context));
  if (move.reasons.includes("does_not_ship_there")) {
    sentences.push(...marketsSaid(context));
  }
  const use = choicesAre(move);
  if (use === "taken") sentences.unshift(takenOf(move, context));
  const said = [...new Set(sentences)].join(" ");
  if (said === "" || use !== "subjects") return said;
  return written.concerns(
    move.choices.map((choice) => plain(choice, 100)),
    said,
  );
}

/** Where it is delivered to in this conversation's currency, and where in another. */
function marketsSaid(context: Context): string[] {
  const { written } = LANGUAGES[context.lang];
  const name = ({ country }: Market) => countryName(country, context);
  const [here = [], elsewhere = []] = [true, false].map((own) =>
    context.vendor.markets.filter(({ currency }) => (currency === context.currency) === own),
  );
  const others = elsewhere.filter((market) => !here.some(({ country }) => country === market.country));
  return [
    written.markets([...new Set(here.map(name))]),
    ...others.map((market) => written.otherMarket(name(market), market.currency)),
  ];
}

/** Only the last word says that lower cannot be; before it a lower price may follow. */
export function reasonSaid(reason: MoveReason, { act }: Move, { lang }: Pick<Context, "lang">): string {
  const { reasons, notYet } = LANGUAGES[lang];
  return reason === "price_too_low" && act !== "final_offer" ? notYet : reasons[reason];
}

/** "2. Express delivery, $320.00" is number 2 of those laid side by side. */
function takenOf({ choices: [taken = ""] }: Move, { lang }: Context): string {
  const [, number, label = taken] = /^(\d)\. (.*)$/s.exec(taken) ?? [];
  return LANGUAGES[lang].written.taken(number ?? null, plain(label, 160));
}

function answersBlock(move: Move, context: Context): string {
  const texts = move.answers.map((answer) => answerText(answer, context));
  const open = move.answers.some((answer) => answer.facts.length === 0);
  if (open && context.channel !== "agent")
    texts.push(LANGUAGES[context.lang].answers.instead(plain(context.vendor.contact.email, 254)));
  return texts.join(context.channel === "agent" ? " " : "\n");
}

function resultBlock(move: Move, context: Context): string {
  if (move.results.length === 0) return "";
  if (move.comparison)
    return verdictOf(move, context) || comparisonText(move.comparison, move.results, context);
  const near = move.reasons.includes("nearest_only");
  return resultsText(move.results, near ? "" : LANGUAGES[context.lang].written.results, context);
}

function verdictOf({ comparison, results }: Move, context: Context): string {
  const title = ({ title }: Card) => plain(title, 100);
  const showing = { title, value: specValue, name: (label: string) => label };
  return comparison ? verdictText(comparison, results, showing, context) : "";
}

function bodyOf(move: Move, context: Context): string {
  const t = LANGUAGES[context.lang];
  const between = context.channel === "agent" ? " " : "\n\n";
  switch (move.act) {
    case "readback": {
      const offer = move.offers.find(({ id }) => id === move.readback?.offer) ?? move.offers[0];
      return offer ? readbackText(offer, move.readback?.details, context) : t.plain.readback;
    }
    case "greet":
      return join(
        [plain(inLang(context.vendor.greeting, context.lang), 600), offersOf(move, context)],
        between,
      );
    case "farewell":
      return join([t.plain.farewell, offersOf(move, context)], between);
    case "handoff":
      return join([askedText(move, context), offersOf(move, context)], between);
    case "help":
      return join(
        [sellsOf(context), `${t.plain.help}\n- ${t.written.help.join("\n- ")}`, offersOf(move, context)],
        between,
      );
    case "accepted":
    case "approval_pending":
    case "order_status":
    case "cancelled":
      return join([ordersOf(move, context), offersOf(move, context)], between);
    case "inform":
      if (move.answers.length > 0 || move.reasons.length > 0 || move.offers.length === 0)
        return offersOf(move, context);
      return `${t.plain.inform} ${offersText(move.offers, t.heads.farewell, context)}`;
    default:
      return offersOf(move, context);
  }
}

function sellsOf({ vendor, lang }: Context): string {
  return vendor.sells ? LANGUAGES[lang].written.sells(plain(inLang(vendor.sells, lang), 600)) : "";
}

function offersOf(move: Move, context: Context): string {
  const { heads, lowered, met } = LANGUAGES[context.lang];
  const asked = move.act === "counter" && move.reasons.length === 0 && move.proposal?.lower === true;
  const stands = move.reasons.includes("unchanged") ? heads.inform : heads[move.act];
  const head = asked ? lowered : meets(move) ? met : stands;
  return offersText(move.offers, head, context, move.act !== "accepted" && move.act !== "approval_pending");
}

/** The offer is at the price they named, to the last unit. */
function meets({ act, offers, proposal }: Move): boolean {
  const [offer, ...others] = offers;
  if (act !== "offer" || !offer || others.length > 0 || !proposal) return false;
  if (proposal.total !== undefined) return proposal.total === offer.totals.total;
  const priced = proposal.lines.filter(({ unit_price }) => unit_price !== undefined);
  const at = (sku: string) => offer.lines.find((line) => line.sku === sku && !line.gift)?.unit_price;
  return priced.length > 0 && priced.every(({ sku, unit_price }) => at(sku) === unit_price);
}

function ordersOf(move: Move, context: Context): string {
  const { written, plain: plainly } = LANGUAGES[context.lang];
  const [first] = move.intents;
  if (!first) return move.reasons.length > 0 ? "" : plainly[move.act];
  switch (move.act) {
    case "accepted":
      return `${written.order(first.id, total(first, context), first.kind === "subscription")} ${written.next}`;
    case "approval_pending":
      return `${written.pending(first.id, total(first, context))} ${written.pendingNext}`;
    case "cancelled":
      return move.intents.map((intent) => written.cancelled(intent.id)).join(" ");
    default:
      return move.intents
        .map((intent) => written.status(intent.id, intent.status, total(intent, context)))
        .join(context.channel === "agent" ? "; " : "\n");
  }
}

function total(intent: IntentView, { lang }: Context): string {
  return formatMoney(intent.total, intent.currency, lang);
}

/** Titles to choose from as a numbered list, unless they name the packages just numbered; else what was heard. */
function choicesBlock(move: Move, context: Context): string {
  const { written } = LANGUAGES[context.lang];
  const use = choicesAre(move);
  if (use === "phrase") {
    const phrase = quoted(move.choices.join("; "), 200);
    if (move.reasons.includes("unknown_product")) return written.soughtFor(phrase);
    const heard = move.reasons.some((r) => r === "conditional_accept" || r === "amount_unclear");
    if (heard) return written.heard(phrase);
    if (move.reasons.includes("out_of_scope")) return "";
    const first = move.ask === "rephrase" && move.round.of === 0;
    return [written.notUnderstood(phrase), ...(first ? [written.canAsk] : [])].join(" ");
  }
  if (use !== "titles" || move.offers.length > 1) return "";
  const rows = move.choices.map((choice, i) => `${i + 1}. ${plain(choice, 120)}`);
  return [written.choices, ...rows].join(context.channel === "agent" ? " " : "\n");
}

/**
 * What a move's choices are: titles to choose from, the counterpart's own words that could not be placed, what was just
 * taken while its details are asked for, or what the reasons of an offer or a refusal are about.
 */
export function choicesAre(move: Move): "none" | "titles" | "phrase" | "taken" | "subjects" {
  if (move.choices.length === 0) return "none";
  if (move.act === "clarify" && move.readback && (move.ask === "ship_to" || move.ask === "payer"))
    return "taken";
  if (move.ask === "choice") return "titles";
  return move.act === "clarify" || move.act === "unknown" ? "phrase" : "subjects";
}

function join(blocks: readonly string[], between: string): string {
  return blocks.filter((block) => block !== "").join(between);
}

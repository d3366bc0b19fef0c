import type { Act } from "../domain/act.ts";
import { SURE } from "../domain/act.ts";
import type { EventOf } from "../domain/event.ts";
import type { Lang } from "../domain/text.ts";
import { masking } from "../lab/mask.ts";
import { knownOf } from "../lab/promote.ts";
import { type Conversation, eventsOf, gaveUp, helped, highestTotal, opening } from "./conversation.ts";
import { corrects } from "./corrected.ts";
import { subjectOf } from "./subject.ts";

/** Why a question counts as not answered, what weighs most first. */
export const WHYS = ["handed_over", "corrected", "unhelpful", "not_stated", "unsure"] as const;
export type Why = (typeof WHYS)[number];

/** One question of a conversation that was not answered as it should have been; nothing in it names anybody. */
export interface Lacking {
  readonly seq: number;
  readonly n: number;
  readonly at: string;
  readonly sku: string | null;
  /** What it is about in no language, where that is known. */
  readonly subject: string | null;
  readonly lang: Lang;
  readonly why: Why;
  readonly value: number | null;
  readonly currency: string;
  readonly text: string;
}

interface Exchange {
  readonly seq: number;
  readonly message: EventOf<"message">;
  readonly reply: EventOf<"reply"> | null;
  /** Number of the reply. */
  readonly replied: number;
}

const CHARS = 400;

/** Every such question, each once and for the weightiest reason, in order. */
export function lacksOf(talk: Conversation): Lacking[] {
  const exchanges = exchangesOf(talk);
  const whys = exchanges.map((one, i) => whyOf(one, exchanges[i + 1] ?? null, talk));
  handedOver(talk, exchanges, whys);
  if (whys.every((why) => why === null)) return [];
  const mask = masking(knownOf(talk.log));
  const { currency } = opening(talk);
  const value = highestTotal(talk);
  return exchanges.flatMap((one, i) => {
    const why = whys[i];
    if (!why) return [];
    const { message, seq } = one;
    return questionsIn(one, why).map(
      ({ text, sku, topic, title }, n): Lacking => ({
        ...{ seq, n, sku, why, value, currency, at: message.at, lang: message.reading.lang },
        subject: subjectOf([topic, text].filter((part) => part !== null).join(" "), title),
        text: mask.text(text).slice(0, CHARS),
      }),
    );
  });
}

function exchangesOf(talk: Conversation): Exchange[] {
  const replies = eventsOf(talk, "reply");
  return eventsOf(talk, "message").map(({ seq, event }) => {
    const reply = replies.find((one) => one.event.re === seq);
    return { seq, message: event, reply: reply?.event ?? null, replied: reply?.seq ?? 0 };
  });
}

function whyOf(one: Exchange, next: Exchange | null, talk: Conversation): Why | null {
  const { reply, message, replied } = one;
  if (!reply) return null;
  if (asks(one) && next && putsRight(next)) return "corrected";
  if (asks(one) && helped(talk, replied) === false) return "unhelpful";
  // It may be there: nothing was found out.
  if (reply.move.reasons.includes("not_in_time")) return null;
  if (reply.move.answers.some(({ facts }) => facts.length === 0)) return "not_stated";
  const { act, reasons } = reply.move;
  const lost = act === "unknown" || reasons.includes("not_understood") || reasons.includes("out_of_scope");
  const doubted = act === "clarify" && message.reading.confidence < SURE.act;
  const { text } = message.message;
  // "Do you offer gift wrapping?" is looked for among the goods where nothing else is known of it.
  const missed = reasons.includes("unknown_product") || reasons.includes("nothing_found");
  if (text !== undefined && missed && isQuestion(text)) return "not_stated";
  return text !== undefined && (lost || doubted) ? "unsure" : null;
}

/** A no that is followed by a bid was said to a price. */
function putsRight({ message, reply }: Exchange): boolean {
  return corrects(message.message.text ?? "") && (reply?.move.offers.length ?? 0) === 0;
}

/** The last thing asked before a person was called for is what the person was wanted for. */
function handedOver(talk: Conversation, exchanges: readonly Exchange[], whys: (Why | null)[]): void {
  for (const [i, one] of exchanges.entries()) {
    const until = exchanges[i + 1]?.seq ?? Number.POSITIVE_INFINITY;
    const called = talk.log.some(({ seq, event }) => seq > one.seq && seq < until && gaveUp(event));
    if (!called) continue;
    const asked = exchanges.slice(0, asks(one) ? i + 1 : i).findLastIndex(asks);
    if (whys[i] === "unsure" && asked !== i) whys[i] = null;
    if (asked >= 0) whys[asked] = "handed_over";
  }
}

/** A question for facts, as against a bid, a greeting or a yes. */
function asks({ message, reply }: Exchange): boolean {
  if (!reply) return false;
  const { answers, offers, results } = reply.move;
  return (
    answers.length > 0 ||
    message.reading.acts.some(({ act }) => act === "ask" || act === "compare") ||
    (offers.length === 0 && results.length === 0 && isQuestion(message.message.text ?? ""))
  );
}

function isQuestion(text: string): boolean {
  return QUESTION.some((form) => form.test(text.trim()));
}

const QUESTION = [
  /[?？][\s.!~]*$/u,
  /^(?:do|does|did|is|are|can|could|will|would|what|which|how|when|where|who|whose|why)\b/iu,
  /(?:나요|까요|가요|은가|는가|니까|는지요?|인지요?)[\s.!~]*$/u,
];

interface Asked {
  readonly text: string;
  readonly topic: string | null;
  readonly sku: string | null;
  /** What the product is called. */
  readonly title: string;
}

/** What the message asked: each answer that lacks facts, else its first question, else the message as a whole. */
function questionsIn({ message, reply }: Exchange, why: Why): readonly Asked[] {
  const { text } = message.message;
  const answers = reply?.move.answers ?? [];
  const empty = answers.filter(({ facts }) => facts.length === 0);
  const [one] = [...empty, ...answers];
  const words = text ?? questionOf(message.reading.acts) ?? one?.topic ?? "";
  const asked =
    why === "not_stated" && empty.length > 1
      ? empty.map(({ topic, about, title = "" }) => ({ text: topic, topic: null, sku: about, title }))
      : [
          {
            text: words,
            topic: text && one ? one.topic : null,
            sku: one?.about ?? null,
            title: one?.title ?? "",
          },
        ];
  return asked.filter((each) => each.text !== "");
}

function questionOf(acts: readonly Act[]): string | null {
  for (const act of acts) {
    if (act.act === "ask") return act.question ?? act.topic?.replaceAll("_", " ") ?? null;
    if (act.act === "compare" && act.question) return act.question;
  }
  return null;
}

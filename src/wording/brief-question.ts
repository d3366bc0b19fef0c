import type { Question } from "../domain/question.ts";
import type { Move, Words } from "../domain/reply.ts";
import type { State } from "../domain/state.ts";
import { inLang, type Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { briefOf } from "./brief.ts";
import { type BriefContext, steady, withoutIds } from "./brief-steady.ts";
import { cut, plain } from "./plain.ts";

/** What is being worded, and for whom. */
export interface Wording {
  /** The counterpart's last message. */
  readonly text: string;
  readonly move: Move;
  /** The same in the house's words. */
  readonly house: Words;
  /** The session before this reply. */
  readonly state: State;
  readonly vendor: Vendor;
  /** What staff told the agent for this reply. */
  readonly whispers?: readonly string[];
}

/** A try that failed: what of it was said all the same, and what was wrong with the rest, in plain sentences. */
export interface Failed {
  readonly said: string;
  readonly objection: string;
}

/** The house's words as a model is shown them: it is held to what it can know. */
export function shownHouse(wording: Wording): Words {
  const { move, house } = wording;
  return { ...house, text: steady(house.text, move, contextOf(wording)) };
}

/**
 * The question for words, the same for the same conversation whenever and wherever it is held. What a failed try said
 * and was told is fenced like the words of others: a model may have taken it from them.
 */
export function questionFor(wording: Wording, failed: Failed | null): Question<"word"> {
  const { text, move, house, state, vendor } = wording;
  const { lang } = house;
  const context = contextOf(wording);
  const { brief, must_say, ...heard } = briefOf(move, house, context);
  const offers = [...context.known, ...move.offers.map(({ id }) => id)];
  const orders = [...state.intents, ...move.intents].map(({ id }) => id);
  return {
    prompt: "word",
    given: {
      shop: plain(inLang(vendor.name, lang), 120),
      language: lang === "ko" ? "Korean" : "English",
      register: registerOf(text, lang),
      channel: state.channel === "voice" ? "voice" : "chat",
      act: move.act,
      brief: [brief, ...(wording.whispers ?? []).map(whispered)].join("\n"),
      must_say,
    },
    heard: {
      ...heard,
      message: cut(withoutIds(text, [...offers, ...orders]), MESSAGE_CHARS),
      said: failed?.said ?? "",
      objection: failed?.objection ?? "",
    },
  };
}

/** It may set the tone and what is dwelt on; what is said is verified as ever. */
function whispered(text: string): string {
  return `A colleague's note on how to say it, which changes nothing of what is decided: ${JSON.stringify(plain(text, 400))}`;
}

function contextOf({ house, state, vendor }: Wording): BriefContext {
  const known = state.standings.map(({ offer }) => offer.id);
  return { lang: house.lang, channel: state.channel, currency: state.currency, vendor, known };
}

/** What a long message wants was read before; its wording only sets the tone. */
const MESSAGE_CHARS = 2_000;

/** Korean answers formal endings with formal ones; everything else with the polite ones the house uses. */
function registerOf(text: string, lang: Lang): string {
  if (lang === "en") return "polite and warm";
  const formal = text.match(FORMAL)?.length ?? 0;
  const polite = text.match(POLITE)?.length ?? 0;
  return formal > polite ? "합니다체" : "해요체";
}

const FORMAL = /(?:니다|니까|십시오|십시요)(?=[\s.,!?~…]|$)/g;
const POLITE = /[요죠](?=[\s.,!?~…]|$)/g;

import { type Reading, SURE } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import { formatMoney } from "../domain/money.ts";
import type { Asked, Question } from "../domain/question.ts";
import { liveOffers, type State } from "../domain/state.ts";
import { inLang, type Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { type AdoptContext, adopt } from "./adopt.ts";
import { titlesOf } from "./adopt-items.ts";
import { settled } from "./clause.ts";
import { normalise } from "./normalise.ts";
import { read } from "./read.ts";
import { settingOf } from "./setting.ts";

/**
 * What free text means: by the house grammar where it is sure, else by one question to a model, whose answer counts
 * only as far as the counterpart's words bear it out. Without an answer the house's reading stands.
 */
export function* understand(
  text: string,
  context: AdoptContext,
): Generator<Question<"read">, Reading, Asked<"read">> {
  const house = read(text, context);
  if (!doubtful(house, text, context)) return house;
  const asked = yield question(text, house, context);
  return asked.ok ? adopt(asked.answer, house, text, context) : house;
}

function doubtful(house: Reading, text: string, context: AdoptContext): boolean {
  const raw = normalise(text);
  if (raw.length > BOUNDS.read_chars || house.unsure === "out_of_scope" || commands(raw, context))
    return false;
  if (house.unsure !== undefined || house.confidence < SURE.act) return true;
  return house.confidence < SURE.alone && !plainQuestion(house, text, context);
}

/** Texts that try to command are the grammar's alone, also where it takes a price from them. */
function commands(raw: string, { state, now }: AdoptContext): boolean {
  return (["en", "ko"] as const).some((lang) => {
    const setting = settingOf(state, lang, now);
    return setting.lexicon.cues.attack.test(settled(raw, setting));
  });
}

/** With nothing on the table to haggle over, what has the form of a question is one. */
function plainQuestion({ acts }: Reading, text: string, { state, now }: AdoptContext): boolean {
  const inquiry = acts.every(({ act }) => act === "ask" || act === "greet" || act === "thank");
  return inquiry && liveOffers(state, now).length === 0 && QUESTION.test(text.trim());
}

const QUESTION = /(?:[?？]|나요|까요?|[가는은]가요|죠|어요|아요|예요|에요)[\s.~!ㅎㅋ]*$/;

/** What the model is shown. Nothing in it differs between two runs of the same talk: no ids of offers, no clock. */
function question(text: string, house: Reading, { state, vendor, now }: AdoptContext): Question<"read"> {
  return {
    prompt: "read",
    given: {
      language: house.lang,
      currency: state.currency,
      asked: state.ask ?? "nothing",
      table: JSON.stringify(tableOf(state, now)),
      terms: termsOf(vendor, house.lang),
    },
    heard: {
      house_reading: shapeOf(house),
      message: text,
      conversation: state.recent.map(({ by, text: said }) => `${by}: ${steady(said)}`).join("\n"),
      titles: [...titlesOf(state), ...state.choices].join("\n"),
    },
  };
}

/** Live offers, latest last, and the products last shown, by place. Titles are words of others and go elsewhere. */
function tableOf(state: State, now: string): object {
  const money = (amount: number) => formatMoney(amount, state.currency, "en");
  const offers = liveOffers(state, now).map(({ lines, totals, final, terms }) => ({
    lines: lines.map(({ sku, quantity, unit_price, gift }) => ({
      ...{ sku, quantity, each: money(unit_price) },
      ...(gift ? { gift: true } : {}),
    })),
    ...{ total: money(totals.total), final },
    terms: [terms.delivery.id, terms.warranty.id, terms.payment.id, terms.returns.id],
  }));
  const shown = state.focus.map(({ sku, price }, at) => ({ place: at + 1, sku, price: money(price) }));
  return { offers, shown, spoken_of: state.that, waits_for_a_yes: state.readback !== null };
}

function termsOf({ terms }: Vendor, lang: Lang): string {
  return Object.entries(terms)
    .map(
      ([kind, options]) =>
        `${kind}: ${options.map((one) => `${one.id} (${inLang(one.label, lang)})`).join(", ")}`,
    )
    .join("\n");
}

/** Ids that another run of the same talk would not have, and words that are the counterpart's. */
const LEFT_OUT = new Set(
  "counters offer hash intent query question words sku brand codes options details reason gift".split(" "),
);

/** What the grammar understood, by kinds and figures: theirs, whoever read them. */
function shapeOf({ acts, unsure }: Reading): string {
  return JSON.stringify({ acts, unsure: unsure ?? null }, (key, value) =>
    LEFT_OUT.has(key) ? undefined : value,
  );
}

/** Words of the vendor without what depends on the session or the hour. */
function steady(text: string): string {
  return text.replace(IDS, "$1_").replace(/(?:Valid until|유효 기한)[^\n]*/g, "");
}

const IDS = /\b(of|int)_[A-Za-z0-9]+/g;

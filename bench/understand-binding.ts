import { type Act, SURE } from "../src/domain/act.ts";
import type { State } from "../src/domain/state.ts";
import { read } from "../src/understanding/read.ts";
import { loadAttacks } from "./hostile-corpus.ts";
import * as sets from "./public-sets.ts";
import { NOW, type Stage } from "./understand-stage.ts";

/** A text of a public set, and whether its own gold has it for a yes; null where the set says nothing of that. */
export interface Spoken {
  readonly set: string;
  readonly lang: "en" | "ko";
  readonly text: string;
  readonly yes: boolean | null;
}

export interface Bound extends Spoken {
  /** What was on the table. */
  readonly table: keyof typeof TABLES;
  readonly act: string;
  /** A yes to a read-back, surely enough heard for an order to be bound; any other is read back once more. */
  readonly binds: boolean;
}

/**
 * Every text that a user says in the public sets. Only two sets know a yes: SIMMC 2 (REQUEST:ADD_TO_CART takes what is
 * spoken of) and CLINC (the intent `yes`). What Korean 3i4K has for a question is none, nor is an order of other goods, a
 * question about a product, a bank's or an attacker's text. Of the rest, where nobody said what answers what, nothing is
 * known. What one set has for a yes word for word ("Yes.") is one wherever it is said.
 */
export function spoken(): Spoken[] {
  const all = [...told(), ...attacks()];
  const yes = new Set(all.filter((one) => one.yes === true).map(({ text }) => bare(text)));
  const open = new Set(all.filter((one) => one.yes === null).map(({ text }) => bare(text)));
  const goldOf = (one: Spoken) =>
    yes.has(bare(one.text)) ? true : open.has(bare(one.text)) ? null : one.yes;
  return all.map((one) => ({ ...one, yes: goldOf(one) }));
}

/** A text without case and punctuation. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function told(): Spoken[] {
  const of = (set: string, lang: "en" | "ko", texts: readonly string[], yes: boolean | null) =>
    texts.map((text) => ({ set, lang, text, yes }));
  const texts = (list: readonly { text: string }[]) => list.map(({ text }) => text);
  return [
    ...sets.simmc2().map(({ text, act }) => ({ ...SIMMC, text, yes: act === "REQUEST:ADD_TO_CART" })),
    ...of("pizza", "en", texts(sets.pizza()), false),
    ...[...sets.clinc150("in_scope"), ...sets.clinc150("out_of_scope")].map(({ text, intent }) => ({
      ...{ set: "clinc150", lang: "en" as const, text },
      yes: intent === "yes",
    })),
    ...of("banking77", "en", texts(sets.banking77()), false),
    ...of("bitext", "en", texts(sets.bitext()), false),
    ...of("amazon-pqa", "en", sets.productQuestions(), false),
    ...of("craigslist-bargain", "en", sets.craigslist(), null),
    ...sets.ko3i4k().map(({ text, label }) => ({
      ...{ set: "ko-3i4k", lang: "ko" as const, text },
      yes: label.endsWith("question") ? false : null,
    })),
    ...sets.xRisawoz().flatMap(({ en, ko, acts }) => {
      const yes = acts.includes("General") ? null : false;
      return [...of("x-risawoz", "en", [en], yes), ...of("x-risawoz", "ko", [ko], yes)];
    }),
  ];
}

/** Texts that want something else than to buy. */
export function attacks(): Spoken[] {
  const of = (set: string, lang: "en" | "ko", text: string) => ({ set, lang, text, yes: false });
  return [
    ...sets.promptInjections().map(({ text }) => of("deepset-prompt-injections", "en", text)),
    ...sets.priceTactics().map(({ description }) => of("shop-price-tactics", "en", description)),
    ...sets.naughtyStrings().map((text) => of("blns", "en", text)),
    ...loadAttacks()
      .filter(({ where }) => where === "message")
      .map(({ text, lang }) => of("fixtures/attacks", lang, text)),
  ];
}

const SIMMC = { set: "simmc2", lang: "en" } as const;

const CHAIR = { lines: [{ sku: "CH-TS", quantity: 1, unit_price: 15_900 }], total: 15_900 };
const CHAIR_KO = { lines: [{ sku: "CH-TS", quantity: 1, unit_price: 219_000 }], total: 219_000 };

/** Where a yes would bind: an offer stands, or it was read back and a yes is awaited. */
const TABLES = { offer: {}, readback: { ask: "confirm" } } as const;

/** What is on the table when a text of a public set is read. */
export function liveTable(stage: Stage, lang: "en" | "ko", table: keyof typeof TABLES): State {
  const [currency, offer] = lang === "ko" ? (["KRW", CHAIR_KO] as const) : (["USD", CHAIR] as const);
  return stage.stateOf({ lang, currency, context: { offer, ...TABLES[table] } });
}

/** The texts that are heard as a yes with an offer on the table, or where one was read back. */
export function boundBy(texts: readonly Spoken[], stage: Stage): Bound[] {
  const tables = Object.keys(TABLES) as (keyof typeof TABLES)[];
  const states = new Map(
    tables.map((table) => [table, { en: liveTable(stage, "en", table), ko: liveTable(stage, "ko", table) }]),
  );
  return texts.flatMap((one) =>
    tables.flatMap((table) => {
      const state = states.get(table)?.[one.lang];
      if (!state) return [];
      const reading = read(one.text, { state, now: NOW });
      const doubtful = reading.unsure !== undefined || reading.confidence < SURE.act;
      const yes: Act | undefined = reading.acts.find(({ act }) => act === "accept" || act === "confirm");
      if (!yes || doubtful) return [];
      const binds = yes.act === "confirm" && reading.confidence >= SURE.binding;
      return [{ ...one, table, act: yes.act, binds }];
    }),
  );
}

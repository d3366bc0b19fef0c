import { type Act, type Item, type Reading, SURE } from "../src/domain/act.ts";
import type { State } from "../src/domain/state.ts";
import { read } from "../src/understanding/read.ts";
import { type Parallel, xRisawoz } from "./public-sets.ts";
import { NOW, type Stage } from "./understand-stage.ts";

/** One turn as it was read in both languages. */
export interface Twice {
  readonly turn: Parallel;
  readonly en: Reading;
  readonly ko: Reading;
  readonly sameActs: boolean;
  /** Null where neither reading has anything that can be compared across languages. */
  readonly sameSlots: boolean | null;
}

/** Least share of turns of which both languages give the same acts. */
export const AGREEMENT = 0.9;

/**
 * The same turns of X-RiSAWOZ read in Korean and in English, as the first words of a talk. What is only asked about, in
 * both, is agreed upon; `read` leaves those turns out.
 */
export function agreement(stage: Stage) {
  const twice = readTwice(stage);
  const share = (of: readonly Twice[], same: (one: Twice) => boolean) =>
    of.length === 0 ? null : Math.round((of.filter(same).length / of.length) * 1_000) / 1_000;
  const acted = twice.filter(({ en, ko }) => actsOf(en) !== "" || actsOf(ko) !== "");
  const slots = twice.filter(({ sameActs, sameSlots }) => sameActs && sameSlots !== null);
  return {
    twice,
    figures: {
      ko_en_agreement: share(twice, (one) => one.sameActs) ?? 0,
      turns: twice.length,
      ko_en_agreement_read: share(acted, (one) => one.sameActs),
      read: acted.length,
      ko_en_slots: share(slots, (one) => one.sameSlots === true),
      with_slots: slots.length,
    },
  };
}

/** The talk is new in both languages. */
export function newTalk(stage: Stage, lang: "en" | "ko"): State {
  return stage.stateOf({ lang, currency: lang === "ko" ? "KRW" : "USD", context: "nothing" });
}

/** What would be done, by name; a doubtful reading does nothing but ask. Manners count where there is nothing else. */
export function actsOf({ acts, unsure, confidence }: Reading): string {
  if (unsure !== undefined || confidence < SURE.act) return "";
  const names = [...new Set(acts.map(({ act }) => act))];
  const weighty = names.filter((name) => !MANNERS.has(name));
  return (weighty.length > 0 ? weighty : names).sort().join("+");
}

const MANNERS = new Set(["greet", "thank"]);

function readTwice(stage: Stage): Twice[] {
  const [english, korean] = [newTalk(stage, "en"), newTalk(stage, "ko")];
  return xRisawoz().map((turn) => {
    const en = read(turn.en, { state: english, now: NOW });
    const ko = read(turn.ko, { state: korean, now: NOW });
    const [here, there] = [slotsOf(en), slotsOf(ko)];
    return {
      ...{ turn, en, ko },
      sameActs: actsOf(en) === actsOf(ko),
      sameSlots: here === "" && there === "" ? null : here === there,
    };
  });
}

/** What is the same in any language: topics, places pointed at, counts, terms. Words and money are not. */
function slotsOf({ acts }: Reading): string {
  return acts.flatMap(slots).sort().join(" ");
}

function slots(act: Act): string[] {
  const pointed = (item: Item | undefined) => (item && "ref" in item ? [`${act.act}:${item.ref}`] : []);
  switch (act.act) {
    case "ask":
      return [...pointed(act.item), ...(act.topic === undefined ? [] : [`topic:${act.topic}`])];
    case "propose":
      return [
        ...(act.lines ?? []).flatMap(({ item, quantity }) => [
          ...pointed(item),
          ...(quantity === undefined ? [] : [`count:${quantity}`]),
        ]),
        ...Object.keys(act.terms ?? {}).map((term) => `term:${term}`),
      ];
    case "search":
      return act.cheapest ? ["cheapest"] : [];
    default:
      return [];
  }
}

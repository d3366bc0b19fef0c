import type { Act } from "../domain/act.ts";
import { SURE } from "../domain/act.ts";
import { type Label, wordsIn } from "./act-features.ts";
import { YES_WORDS } from "./act-model.ts";
import { mentionsOf, settled } from "./clause.ts";
import { binding, type Understood } from "./conclude.ts";
import { names } from "./heard.ts";
import { comparison, searchFor } from "./inquire.ts";
import { proposalOf } from "./proposal.ts";
import type { Setting } from "./setting.ts";

type Odds = Readonly<Record<Label, number>>;

/** Above this a label is read into a message; below its complement it is read out of one. */
const CLEAR = 0.7;
/** Above this it is read against what a rule of the grammar is sure of. */
const CERTAIN = 0.95;
/** A yes that the grammar has none of asks for more; one that it has is taken away below this. */
const YES = 0.9;
const UNHEARD = 0.15;
/** A reading made here is never sure enough to bind. */
const MADE = 0.84;
/** Readings of the grammar that are no more than that. */
const GUESSED = 0.8;

/**
 * The grammar's reading, where it is sure, else what messages like this one are meant to do, as far as the grammar can
 * say what with. What was learned never makes a yes that binds at once, and can take one away.
 */
export function arbitrated(house: Understood, odds: Odds, raw: string, setting: Setting): Understood {
  const labels = labelsOf(odds);
  const sure = house.unsure === undefined && house.confidence >= SURE.act;
  if (sure && house.acts.some(plainYes) && house.acts.every(yesOrManners) && odds.accept < UNHEARD)
    return {
      acts: house.acts.filter((act) => !binding(act)),
      confidence: 0.4,
      unsure: "condition",
      words: raw,
    };
  if (sure && same(house.acts, labels)) return house;
  if (house.unsure === "condition" && (limits(raw, setting) || house.acts.length > 0)) return house;
  const least = labels.length === 0 ? odds.none : Math.min(...labels.map((label) => odds[label]));
  const denied = sure && least >= CERTAIN && house.acts.every((act) => isDenied(act, odds));
  if ((!weak(house) && !denied) || setting.lexicon.cues.attack.test(raw.toLowerCase())) return house;
  if (labels.length === 0) {
    const asks = house.acts.some(({ act }) => act === "ask");
    return sure && !asks && odds.none >= CLEAR
      ? { acts: [], confidence: 0.4, unsure: "act", words: raw }
      : house;
  }
  if (least < (sure ? CLEAR : SURE.act)) return house;
  const acts = labels.map((label) => actFor(label, house, odds, raw, setting));
  if (acts.some((act) => act === null)) return house;
  return { acts: acts.filter((act) => act !== null), confidence: Math.min(MADE, least) };
}

/** The grammar only guessed, or found nothing to hold on to. Where it misses an item or an amount, that is asked for. */
function weak({ unsure, guess, confidence }: Understood): boolean {
  if (unsure !== undefined) return unsure === "act" || unsure === "condition";
  return guess === true || confidence <= GUESSED;
}

/** A bare proposal asks for what stands to be said again, in words that look like many a question. */
function isDenied(act: Act, odds: Odds): boolean {
  return odds[labelOf(act)] < 1 - CERTAIN && Object.keys(act).length > 1;
}

/** Beside goods, figures or details a yes is about them, and no pattern to be known by. */
function yesOrManners(act: Act): boolean {
  return plainYes(act) || MANNERS.has(labelOf(act));
}

function plainYes(act: Act): boolean {
  return act.act === "confirm" || (act.act === "accept" && act.item === undefined);
}

/** What the grammar itself knows to take something back from a yes. */
function limits(raw: string, setting: Setting): boolean {
  const { condition, negated, remove } = setting.lexicon.cues;
  const text = settled(raw, setting);
  return [condition, negated, remove].some((cue) => cue.test(text));
}

/** What is more probable than not; else what is most probable. */
function labelsOf(odds: Odds): readonly Label[] {
  const ranked = (Object.entries(odds) as [Label, number][]).sort((a, b) => b[1] - a[1]);
  const likely = ranked.filter(([, p]) => p > 0.5);
  return (likely.length > 0 ? likely : ranked.slice(0, 1))
    .map(([label]) => label)
    .filter((label) => label !== "none");
}

function labelOf({ act }: Act): Label {
  return act === "confirm" ? "accept" : act;
}

const MANNERS: ReadonlySet<Label> = new Set(["greet", "thank"]);

function same(acts: readonly Act[], labels: readonly Label[]): boolean {
  const weighty = (list: readonly Label[]) =>
    [...new Set(list.filter((label) => !MANNERS.has(label)))].sort().join();
  return weighty(acts.map(labelOf)) === weighty(labels);
}

/** The act with what the message names for it; null when it names too little. */
function actFor(label: Label, house: Understood, odds: Odds, raw: string, setting: Setting): Act | null {
  const known = house.acts.find((act) => labelOf(act) === label);
  if (known) return known;
  const heard = mentionsOf(raw, setting);
  switch (label) {
    case "accept":
      return yesTo(odds, raw, setting);
    case "propose": {
      const act = proposalOf(heard, setting, names(heard));
      const says =
        heard.prices.length > 0 ||
        heard.quantity !== null ||
        names(heard) ||
        heard.wishes ||
        heard.off_bp !== null ||
        heard.codes.length > 0 ||
        act.lower;
      return says && (setting.pointed || names(heard)) ? act : null;
    }
    case "search": {
      const act = searchFor(heard, setting);
      return act.act === "search" && (act.query !== "" || act.filters !== undefined) ? act : null;
    }
    case "ask": {
      // Words that may be anything name no product: what is not pointed at is asked of the shop.
      const item = heard.item && "ref" in heard.item ? heard.item : null;
      return { act: "ask", ...(item ? { item } : {}), question: raw };
    }
    case "compare":
      return comparison(heard, setting)?.acts[0] ?? null;
    case "inform":
      return null;
    case "none":
      return null;
    default:
      return { act: label } as Act;
  }
}

/** A yes to the one offer that stands, when nothing named in the message is other than in it. */
function yesTo(odds: Odds, raw: string, setting: Setting): Act | null {
  const { offer, state } = setting;
  if (
    !offer ||
    setting.live !== 1 ||
    state.ask === "change" ||
    odds.accept < YES ||
    limits(raw, setting) ||
    /[?？]/.test(raw)
  )
    return null;
  const heard = mentionsOf(raw, setting);
  const titles = new Set(wordsIn(offer.lines.map(({ title }) => title.toLowerCase()).join(" ")));
  const familiar = (word: string) =>
    YES_WORDS.has(word) || titles.has(word) || titles.has(word.replace(/s$/, ""));
  if (!wordsIn(heard.text).every(familiar)) return null;
  const figures = [offer.totals.total, ...offer.lines.map(({ unit_price }) => unit_price)];
  if (
    heard.prices.some(({ amount }) => !figures.includes(amount)) ||
    heard.off_bp !== null ||
    heard.less !== null
  )
    return null;
  if (heard.quantity !== null && heard.quantity !== setting.quantity) return null;
  if (heard.wishes || heard.codes.length > 0 || heard.cue("condition")) return null;
  return state.readback ? { act: "confirm" } : { act: "accept" };
}

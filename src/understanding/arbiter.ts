import { type Act, onlyTells, SURE } from "../domain/act.ts";
import { type Label, situationOf, wordsIn } from "./act-features.ts";
import type { Odds } from "./act-odds.ts";
import { settled } from "./clause.ts";
import { binding, type Understood } from "./conclude.ts";
import { keepsOrder } from "./decide.ts";
import { filled, strangeIn } from "./fill.ts";
import { otherGoods } from "./other-goods.ts";
import type { Setting } from "./setting.ts";

/** A grammar's reading stands against one that is less probable than this. */
const TRUSTED = 0.6;
/** What the grammar found to do is not talked away by less. */
const AGAINST_NOTHING = 0.95;
/** A price or a share that the grammar found is not talked away by less. */
const AGAINST_FIGURES = 0.9;
/** A yes that the grammar has none of asks for more; one that it has is taken away below the other. */
const YES = 0.8;
const UNHEARD = 0.15;
/** A reading made here is never sure enough to bind; one of words never learned from, never to stand alone. */
const MADE = 0.84;
const FOREIGN = 0.9;
const STRANGE = SURE.alone - 0.02;

/**
 * What messages like this one are meant to do, filled with what the grammar found in it; the grammar's own reading where
 * that is firm and the other doubtful. What was learned never makes a yes that binds at once, and can take one away.
 */
export function arbitrated(house: Understood, odds: Odds, raw: string, setting: Setting): Understood {
  if (setting.lexicon.cues.attack.test(raw.toLowerCase())) return house;
  if (house.acts.some(({ act }) => act === "cancel_order") && keepsOrder(raw.toLowerCase()))
    return {
      ...house,
      acts: house.acts.filter(({ act }) => act !== "cancel_order"),
      confidence: 0.4,
      unsure: "act",
    };
  if (house.whole || picks(house, setting)) return house;
  if (inquires(house) && odds.likely.every((label) => label === "search" || label === "ask")) return house;
  if (house.unsure === "condition" && house.acts.some(({ act }) => act === "inform")) return house;
  const other = takesOther(house, odds, raw, setting);
  if (other) return other;
  if (house.acts.length === 1 && house.acts.every(asksWhoSpeaks)) return house;
  if (house.acts.length === 1 && house.acts.every(saysAgain) && odds.likely.join() === "ask") return house;
  if (asksWhich(house) && odds.likely.every((label) => label === "propose")) return house;
  const firm = house.unsure === undefined && house.guess !== true && house.confidence >= SURE.act;
  if (firm && house.acts.some(plainYes) && house.acts.some(tells)) return house;
  if (firm && house.acts.some(plainYes) && house.acts.every(yesOrManners) && odds.of.accept < UNHEARD)
    return { ...doubted(odds, raw, setting), acts: house.acts.filter((act) => !binding(act)) };
  if (firm && odds.likely.join() === "search" && house.acts.some(countsSought)) return house;
  if (same(house.acts, odds.likely)) return firm ? house : settledBy(odds, house);
  const addressed = situationOf(setting.state) === "address" && odds.likely.includes("inform");
  if (firm && !addressed && house.acts.some(namesPrice) && odds.least < AGAINST_FIGURES) return house;
  if (firm && odds.likely.length === 0 && odds.least < AGAINST_NOTHING) return house;
  if (odds.least < TRUSTED) return firm || odds.least < SURE.act ? house : made(house, odds, raw, setting);
  return made(house, odds, raw, setting);
}

/** The grammar's doubt is gone where what it doubted is what such messages do. */
function settledBy(odds: Odds, house: Understood): Understood {
  return asksWhich(house) || house.acts.length === 0 || odds.least < TRUSTED
    ? house
    : { acts: house.acts, confidence: Math.min(MADE, odds.least) };
}

function made(house: Understood, odds: Odds, raw: string, setting: Setting): Understood {
  if (odds.likely.length === 0) return doubted(odds, raw, setting);
  if (odds.likely.includes("accept") && odds.of.accept < YES) return house;
  const acts = odds.likely.map((label) => filled(label, house, odds, raw, setting));
  const known = acts.flatMap((act) => (act === null || (acts.length > 1 && tellsNothing(act)) ? [] : [act]));
  if (known.length < acts.length && (known.length === 0 || odds.likely.includes("accept"))) return house;
  // Read back again with nothing changed, a correction would be taken for made.
  if (setting.state.readback && known.every(tellsNothing)) return doubted(odds, raw, setting);
  const loose = known.some((act) => !house.acts.includes(act) && namesByRest(act));
  const most = loose || strangeIn(settled(raw, setting), setting).length > 0 ? STRANGE : MADE;
  return { acts: known, confidence: Math.min(most, odds.least) };
}

/** A yes, by the words of it or by what was learned, to goods that are not those offered is a wish to have them. */
function takesOther(house: Understood, odds: Odds, raw: string, setting: Setting): Understood | null {
  const limited = house.unsure === "condition" && !setting.lexicon.cues.condition.test(settled(raw, setting));
  const yes = limited && house.acts.length === 0 ? true : odds.likely.includes("accept");
  const item = yes && !house.acts.some(binding) ? otherGoods(raw, setting) : null;
  if (!item) return null;
  const wanted = house.acts.some(({ act }) => act === "propose");
  const acts: readonly Act[] = wanted ? house.acts : [{ act: "propose", lines: [{ item }] }];
  return { acts, confidence: STRANGE };
}

/** A price is named, or a share off it. */
function namesPrice(act: Act): boolean {
  if (act.act !== "propose") return false;
  return (
    (act.total ?? act.off_bp ?? act.lines?.find(({ unit_price }) => unit_price !== undefined)) !== undefined
  );
}

/** How many are wanted of what is looked for: "do you have chairs? I need four". */
function countsSought(act: Act): boolean {
  return act.act === "propose" && (act.lines ?? []).some(({ item, quantity }) => "ref" in item && quantity);
}

function asksWhoSpeaks(act: Act): boolean {
  return act.act === "ask" && act.topic === "human";
}

/** A bare proposal asks for what stands to be said again, in words that look like many a question. */
function saysAgain(act: Act): boolean {
  return act.act === "propose" && Object.keys(act).length === 1;
}

/** The goods are all that was left of the words. */
function namesByRest(act: Act): boolean {
  return act.act === "propose" && (act.lines ?? []).some(({ item }) => "query" in item);
}

/** What is wanted is plain, and how much of it or for how much is not. */
function asksWhich({ unsure }: Understood): boolean {
  return unsure === "item" || unsure === "amount" || unsure === "quantity";
}

function tellsNothing(act: Act): boolean {
  return act.act === "inform" && Object.keys(act.details).length === 0;
}

/** Nothing of what was learned from has packages side by side. */
function picks({ acts }: Understood, { packages }: Setting): boolean {
  return packages.length > 1 && acts.some((act) => act.act === "accept" && act.item !== undefined);
}

/** Reviews that are to be shown are no goods to look for, and two things named side by side are compared. */
function inquires({ acts: [act, ...others] }: Understood): boolean {
  if (others.length > 0) return false;
  return act?.act === "compare" ? act.items.length > 1 : act?.act === "ask" && act.topic === "rating";
}

/** Nothing to act on: beside an offer it may be half a yes, before anything is spoken of no business of a shop. */
function doubted(odds: Odds, raw: string, setting: Setting): Understood {
  const { state, pointed } = setting;
  const situation = situationOf(state);
  const tabled = situation === "offer" || situation === "readback";
  const noise = gibberish(raw, setting);
  const foreign = !pointed && odds.of.none > FOREIGN && !noise;
  const unsure = tabled && odds.of.accept > 0.02 && !noise ? "condition" : foreign ? "out_of_scope" : "act";
  return { acts: [], confidence: 0.4, unsure, words: raw };
}

/** Few words, and half of them or more, beside an offer all of them, that nobody was ever heard to say. */
function gibberish(raw: string, setting: Setting): boolean {
  const text = settled(raw, setting);
  const words = wordsIn(text);
  if (/^[ㄱ-ㅎㅏ-ㅣ\s]+$/.test(text)) return true;
  const most = setting.offer ? 1 : 2;
  return words.length <= 4 && strangeIn(text, setting).length * most >= words.length;
}

/** What matters is told beside a yes, and takes nothing back from it. */
function tells(act: Act): boolean {
  return act.act === "propose" && onlyTells(act);
}

/** Beside goods, figures or details a yes is about them, and no pattern to be known by. */
function yesOrManners(act: Act): boolean {
  return plainYes(act) || MANNERS.has(labelOf(act));
}

function plainYes(act: Act): boolean {
  return act.act === "confirm" || (act.act === "accept" && act.item === undefined);
}

export function labelOf({ act }: Act): Label {
  if (act === "ask_person" || act === "leave_contact") return "handoff";
  return act === "confirm" ? "accept" : act;
}

const MANNERS: ReadonlySet<Label> = new Set(["greet", "thank"]);

function same(acts: readonly Act[], labels: readonly Label[]): boolean {
  const weighty = (list: readonly Label[]) =>
    [...new Set(list.filter((label) => !MANNERS.has(label)))].sort().join();
  return weighty(acts.map(labelOf)) === weighty(labels);
}

import type { Act } from "../domain/act.ts";
import { type Label, wordsIn } from "./act-features.ts";
import { type Vocabulary, WORDS, YES_WORDS } from "./act-model.ts";
import type { Odds } from "./act-odds.ts";
import { mentionsOf, settled } from "./clause.ts";
import type { Understood } from "./conclude.ts";
import { intentIn, keepsOrder } from "./decide.ts";
import { answerOf, toldIn } from "./details.ts";
import { names } from "./heard.ts";
import { comparison, question, searchFor } from "./inquire.ts";
import { proposalOf } from "./proposal.ts";
import type { Setting } from "./setting.ts";

/** The act a message is meant to do, with what the message names for it; null when it names too little. */
export function filled(
  label: Label,
  house: Understood,
  odds: Odds,
  raw: string,
  setting: Setting,
): Act | null {
  const known = house.acts.find(({ act }) => (act === "confirm" ? "accept" : act) === label);
  if (known) return known;
  switch (label) {
    case "accept":
      return yesTo(odds, raw, setting);
    case "propose":
      return proposed(raw, setting);
    case "search": {
      const act = searchFor(mentionsOf(raw, setting), setting);
      return act.act === "search" && (act.query !== "" || act.filters !== undefined) ? act : null;
    }
    case "ask":
      return asked(raw, setting);
    case "compare":
      return comparison(mentionsOf(raw, setting), setting)?.acts[0] ?? asked(raw, setting);
    case "inform":
      return { act: "inform", details: detailsIn(raw, setting) };
    case "cancel_order": {
      // An order is not given up for words that only look like it.
      const text = settled(raw, setting);
      return UNDOES.test(text) && !keepsOrder(text)
        ? { act: label, ...intentIn(raw, setting.state.intents) }
        : null;
    }
    case "order_status":
      return { act: label, ...intentIn(raw, setting.state.intents) };
    case "none":
      return null;
    default:
      return { act: label };
  }
}

const UNDOES =
  /cancel|refund|call (?:it |the order )?off|\bkill\b|\bscrap\b|\bundo\b|\bstop the\b|don't (?:send|ship|deliver)|(?:changed|change) my mind|no longer (?:want|need)|don't (?:want|need) (?:it|them|the)|take (?:it|the order|my order) back|취소|환불|보내지 ?(?:마|말)|발송하지 ?(?:마|말)|없애|철회|무르|물러|물릴|마음이 ?바뀌|안 ?(?:살|받을|사)|필요 ?없|접을게|빼 ?주세요|없던/;

function asked(raw: string, setting: Setting): Act {
  const heard = mentionsOf(raw, setting);
  const [act] = question(heard, setting)?.acts ?? [];
  if (act) return act;
  // Words that may be anything name no product: what is not pointed at is asked of the shop.
  const item = heard.item && "ref" in heard.item ? heard.item : null;
  return { act: "ask", ...(item ? { item } : {}), question: raw };
}

function detailsIn(raw: string, setting: Setting) {
  const told = toldIn(raw, setting).details;
  return Object.keys(told).length > 0 ? told : answerOf(raw, setting).details;
}

function proposed(raw: string, setting: Setting): Act | null {
  const told = toldIn(raw, setting);
  // What is left of an address that lacks something is neither a price nor goods.
  if (told.missing !== null) return null;
  const heard = mentionsOf(told.rest, setting);
  const act = proposalOf(heard, setting, names(heard));
  const says =
    heard.prices.length > 0 ||
    heard.less !== null ||
    heard.quantity !== null ||
    names(heard) ||
    heard.wishes ||
    heard.off_bp !== null ||
    heard.codes.length > 0 ||
    act.lower;
  return says && (setting.pointed || names(heard)) ? act : null;
}

/** A yes to the one offer that stands, when no figure in the message is other than in it. */
function yesTo(odds: Odds, raw: string, setting: Setting): Act | null {
  const { offer, state } = setting;
  if (!offer || setting.live !== 1 || state.ask === "change" || /[?？]/.test(raw)) return null;
  if (limited(settled(raw, setting), odds.of.accept >= CERTAIN, setting)) return null;
  const heard = mentionsOf(raw, setting);
  const strange = strangeIn(heard.text, setting, YES_WORDS);
  // A Korean word that is known may have endings nobody has written down.
  const most = odds.of.accept >= CERTAIN || strange.every((word) => /^[가-힣]+$/.test(word)) ? 1 : 0;
  if (!/\p{L}/u.test(raw) || strange.length > most) return null;
  const figures = [
    offer.totals.total,
    offer.totals.goods,
    ...offer.lines.map(({ unit_price }) => unit_price),
  ];
  const other = heard.prices.some(({ amount }) => !figures.includes(amount));
  if (other || heard.off_bp !== null || heard.less !== null || heard.wishes || heard.codes.length > 0)
    return null;
  if (heard.quantity !== null && !offer.lines.some(({ quantity }) => quantity === heard.quantity))
    return null;
  return state.readback ? { act: "confirm" } : { act: "accept" };
}

/** Words that are none of those known, and in no title on the table: whatever stands beside them may mean something else. */
export function strangeIn(text: string, { offer }: Setting, known: Vocabulary = WORDS): string[] {
  const titles = (offer?.lines ?? []).map(({ title }) => title.toLowerCase());
  return wordsIn(text).filter(
    (word) => !known.has(word) && !titles.some((title) => title.includes(word.replace(/s$/, ""))),
  );
}

/** Something takes a yes back in part. Words that limit little count only where the yes is not plain without them. */
function limited(text: string, certain: boolean, { lexicon }: Setting): boolean {
  const { condition, remove, negated } = lexicon.cues;
  const left = text.replace(AS_IT_STANDS, " ").replace(certain ? LIGHT : /$^/, " ");
  return condition.test(left) || remove.test(left) || (!certain && negated.test(left)) || QUOTED.test(left);
}

/** What is quoted is spoken of rather than said. */
const QUOTED = /["“”「『]/;
const CERTAIN = 0.95;
const LIGHT = /\bbut\b|지만|는데|필요 ?없|없이|\b(?:don't|do not|no longer) need\b/g;
/** "그 조건으로", "그 값이면 됐어요": the terms and the price that stand, and no other. */
const AS_IT_STANDS =
  /(?:그|위|이|같은|하신|주신) 조건(?:으로|에|이|대로)?|조건(?:에|도|이|은)? ?(?:다 )?(?:동의|합의|이의 ?없|그대로|대로|좋|괜찮|만족)|(?:그|이|그만한) ?(?:가격|값|금액|단가|정도)(?:이면|면)|주시면 (?:됩|돼|되)|\bthat's (?:the|your) best\b/g;

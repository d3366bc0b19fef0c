import type { Mentions } from "./clause.ts";
import type { Setting } from "./setting.ts";

/** A price put to what is on the table, and no limit to look for goods by: "I can go up to 280". */
export function bids({ text }: Mentions, setting: Setting): boolean {
  if (!(setting.pointed || NAMED.test(text))) return false;
  if (PURSE.test(text)) return true;
  if (SEEKS_GOODS.test(text)) return false;
  return BIDS.test(text) || (setting.offer !== null && LAST_WORD.test(text));
}

/** Goods as one names what one has chosen. */
const NAMED = /\b(?:sell|do|give|take|for|on) (?:me |us |you )?(?:the|that|this) [a-z]/;
const PURSE = /(?:수중|통장|주머니|지갑)에|가진\s?(?:게|돈)/;
const SEEKS_GOODS =
  /\b(?:(?:looking|searching|shopping) for (?!more|around|about)|show me|find me|recommend|suggest|do you (?:have|sell|carry)|any(?:thing|one)?(?! chance| way|way)|something|(?:need|want) (?:an?|some) (?!deal))\b|찾|추천|있(?:나요|어요|을까요)|보여/;

const WOULD =
  "(?:'d|'ll| can| could| would| will|'m willing to| am willing to|'d like to| would like to| want to)?";
const BIDS = new RegExp(
  [
    "\\b(?:budget|limit|cap)\\b.* for (?:the|that|this) (?!kitchen|office|house|living|home|kids?|room)",
    `\\b(?:i|we)${WOULD} (?:only |just |still |gladly |happily |really )*(?:pay|do|offer|give|go|take|accept|drop|make an offer|let (?:you have it|it go))\\b`,
    "\\b(?:i|we) (?:really )?(?:won't|can't|cannot|will not|could not|couldn't) (?:really )?(?:go|pay|do|take)\\b",
    "\\b(?:i|we)(?:'ve)?(?: only| just)? (?:have|got)\\b|\\bgot \\d",
    "\\b(?:you|we)(?:'ve|'ll have| have| got)+ (?:got )?a deal\\b|\\byou have my\\b",
    "\\b(?:would|could|can|will|you'd|any ?way) (?:you )?(?:can |could |consider )?(?:take|taking|accept|do|sell|let|go|come|consider)\\b",
    "\\b(?:was|am|'m) thinking\\b|\\bcome (?:up|down)\\b|\\bmeet (?:you|me)\\b|\\b(?:how|what) about\\b|\\bany chance (?:of|at|for)\\b",
    "\\bsounds? (?:fair|good|ok)|\\bdoable\\b|, no more\\b|\\bsign(?:ed)?(?: off)?\\b",
    "\\b(?:has to|must|needs? to|got to) be\\b|\\bit (?:hits|drops to|gets to|comes to)\\b",
    "\\b(?:boss|wife|husband|manager|finance|company|client|team)(?: says?| only)? (?:approved |allows? )?\\D{0,6}\\d",
    "\\band (?:i'm|it's|we're) (?:in|good|fine|happy|sold|square|even|done)\\b",
    "(?:까지|에|으로|로)(?:는|도)?\\s?(?:되|돼|가능|안\\s?(?:돼|되|될)|해\\s?주|맞춰|부탁)",
  ].join("|"),
);
const LAST_WORD =
  /최대.*(?:예요|에요|입니다|요)[\s.!]*$|(?:까지|밖에)(?:만|는)?\s?(?:승인|결재|못|안|낼|드릴|쓸)/;

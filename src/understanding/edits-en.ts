import type { Edits } from "./edits.ts";
import { Reader, trimmed } from "./edits-reader-en.ts";
import { remeasured, takeSpecs } from "./filters.ts";
import type { Setting } from "./setting.ts";

/** An English message as what it does to an order; null where any of it does something else. */
export function editsEn(text: string, setting: Setting, beside = false): Edits | null {
  const request = ASKS.test(text);
  if (/[?]/.test(text) && !request && !beside) return null;
  const plain = voiced(beside ? text.replace(PRICED, " ") : text);
  if (beside ? TWO.test(plain) : REFUSED.test(plain)) return null;
  const measured = takeSpecs(plain);
  if (measured.specs.some(({ op }) => op !== "eq")) return null;
  const reader = new Reader(setting, beside);
  for (const segment of segmentsOf(remeasured(measured.rest, measured.said)))
    if (!reader.reads(segment)) return null;
  return reader.done(text);
}

/** What a request for goods may begin with, be it put as a question. */
const ASKS =
  /\b(?:can|could|may|might) (?:i|we) (?:please |just |also )*(?:have|get|take|order|buy|change|swap|switch|make|add|do)\b|\b(?:can|could|would|will) (?:you|we) (?:please |just |also )*(?:put|add|take|make|change|swap|switch|send|remove|drop|throw|include|do|replace|give|get|bump|leave|set)\b|\b(?:is it|would it be) (?:possible|too late) to\b|\bcould (?:the|my) [a-z ]+ be\b|\b(?:how|what) about\b/;

/** What is left of a price where its figure was taken out, or is none that counts. */
const PRICED =
  /\b(?:at|for|@|to|around|about)?\s*(?:¦|(?<=\b(?:at|@) ?)\d[\d.,]*(?![\d.,]* ?[a-z]{1,3}\b(?<!ea))|(?<=\bfor ?)\d[\d.,]*(?=\s*(?:$|[,.!?]|each|total)))(?:\s*(?:each|apiece|a piece|per (?:unit|piece|\w+)|a [a-z]+|ea))?(?: (?:across the board|all in|total|in total))?|\b(?:apiece|a piece)\b/g;
/** Two counts at once are asked about. */
const TWO = /\d+ or \d+|\d+ ?- ?\d+/;

/** Prices, terms, conditions and questions are read by others. */
const REFUSED =
  /@|\b(?:if|unless|when|whether|price|cost|cheapest|deal|discount|off each|per|(?:at|for) \d+|\d+ (?:even|flat|tops|max|all in)|\d+ (?:\w+ )?for (?:the|that|this|it|both|all|one|an?)|\d+ (?:apiece|a piece|a pop|a throw)|ship|shipping|deliver(?:y|ed)?|warranty|return|refund|invoice|days?|weeks?|months?|monthly|subscri\w+|gift|how much|how many|do you|does|is there|are there|why|which|compare|vs|available|availability|in stock|stock|or|between|where|status|parcel|see|(?:phone|mobile|account|order|model) number|mobile|po|degrees|came|bought|\d{3}[ -]\d{3,4}|show|search|find|looking|recommend|tell|cancel (?:my|the|our|an|this|that) order|order number|address|street|avenue|suite|zip)\b|\bnormal price\b/;

/** Without what a recogniser writes down of hesitation, and with only the last of what is put right at once. */
function voiced(text: string): string {
  return text
    .replace(/\b(?:the|at (?:the|your)) (?:normal|usual|regular|list|full) price(?: is fine)?\b/g, " ")
    .replace(/\b(?:u+h+|u+m+|e+r+m*|h+m+|you know|i mean|like i said|let me see|let's see)\b,?/g, " ")
    .replace(/\b(?:round|grand total of|whole|total of) (?=\d)/g, " ")
    .replace(
      /[a-z0-9 ]*? (\d+ [a-z -]+?),? (?:no wait|wait no|no sorry|sorry no|scratch that|i mean),? (?=\d)/g,
      (whole) =>
        whole.replace(/\d+ [a-z -]+?,? (?:no wait|wait no|no sorry|sorry no|scratch that|i mean),? $/, ""),
    )
    .replace(/\bjust the one\b|\ba single\b|\bonly the one\b/g, "1")
    .replace(/\b(\d+(?:\.\d+)?) (?:m|met(?:er|re)s?)\b/g, "$1m")
    .replace(/\bpair of\b/g, "2")
    .replace(/\ba 2\b/g, "2")
    .replace(/\b(?:another|a second|one more|an extra|1 more) (?=[a-z])/g, "1 more ")
    .replace(/\s+/g, " ")
    .trim();
}

function segmentsOf(text: string): string[] {
  return text
    .replace(/\b(\d+|a) (?:packs?|sets?|boxes|box) of (\d+) /g, "$1 $2-pack ")
    .replace(/\b(\d+)[ -]?packs? of (?!\d)/g, (whole, size: string) =>
      /-/.test(whole) ? `${size}-pack ` : whole,
    )
    .split(JOINTS)
    .flatMap((one) => one.split(/ for (?=\d+ [a-z])/))
    .flatMap((one) => one.split(RUN_ON))
    .map(trimmed)
    .filter((one) => one !== "");
}

const JOINTS =
  /[,;.!?\n:]+(?=\s|$)|\s-\s|\s+(?:and|plus|&|\+|but|then|also|while|besides|along with|as well as)\s+|^(?:and|plus|but|then|also)\s+/;
/** "Four task chairs four plain desks": as a recogniser leaves the commas out. */
const RUN_ON = /(?<=^(?!.*\b(?:to|by|instead|than|not|for)\b)[^\d]*\d+ [a-z][a-z -]*s) (?=\d+ [a-z]{3})/;

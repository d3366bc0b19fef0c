import type { Setting } from "./setting.ts";

/**
 * True of a year, a day, a place, or the name of a thing: "in 2012", "March 15", "floor 3", "iphone 15". A number far from the
 * size of what is on the table is a price only where words lead up to one.
 */
export function isNoMoney(
  digits: string,
  before: string,
  after: string,
  amount: number | null,
  { state, unit, total, quantity }: Setting,
): boolean {
  const lead = before.slice(-32);
  const postal = /^\d{5}$/.test(digits);
  if (postal && state.ask === "ship_to") return true;
  if (ADDRESSED.test(after) || (/\d{3}[ -]$/.test(lead) && /^\d{3,4}$/.test(digits))) return true;
  if (TAKEN_BACK.test(before) && /^ (?:that )?(?:i|we) [a-z]+/.test(after)) return true;
  if (postal && SENT_TO.test(lead)) return true;
  if (
    NUMBERED.test(lead) ||
    (STREET.test(lead) && LODGED.test(after)) ||
    POSTAL_KO.test(lead) ||
    (YEAR.test(digits) && IN_YEAR.test(lead))
  )
    return true;
  const size = unit ?? total;
  if (size === null || TOWARDS_PRICE.test(lead) || ANSWERS.test(lead)) return false;
  if (amount !== null && amount > size * (quantity ?? 1) * 10) return postal;
  if (YEAR.test(digits) && (amount ?? 0) * 2 > size * 3) return true;
  return (amount ?? 0) * 50 < size && /[a-z]\s$/.test(lead);
}

/** Words after which a number far too small to be a price is left for asking what it is. */
const ANSWERS =
  /\b(?:yes|yeah|yep|ok|okay|deal|sure|fine|good|great|agreed|done|sold|take|accept|then|just|only|maybe|the|us|me|first|last|next|other|those|these|top|all)\s$/;
const POSTAL_KO = /우편\s?번호(?:는|가|은)?\s?$/;
const LODGED =
  /^(?:$|,|[\s-]\d|\s?번지|\s[가-힣a-z]{1,8}(?:동|빌딩|타워|아파트|빌라|오피스텔|센터)|이에요|예요|입니다|(?:으로|로)\s?보내)/;
const STREET = /[가-힣]{2,}(?<!으|걸|거|그|바|별|새|따|대|이|정말|진짜)로\s$|[가-힣]{2,}(?:대로|번길)\s$/;
/** A house by its number, or the first half of a telephone number. */
const ADDRESSED =
  /^ (?!(?:and|no|all|the|if|is|for|you|we|i|to|on|or|by|a|per|in|it|but|so|then|that|this|cash|would|will|works)\b)(?:[a-z]+ ){1,3}(?:st|street|ave|avenue|road|rd|blvd|boulevard|lane|ln|drive|dr|way|court|ct|place|pl|plaza|square)\b|^[ -]\d{3,4}(?!\d)/;
/** "Forget the 150 I offered". */
const TAKEN_BACK = /\b(?:forget|withdraw|scratch|retract|take back|never ?mind)\b/;
const SENT_TO = /\b(?:ship|send|deliver|mail)[a-z ]{0,20} to $/;
const YEAR = /^(?:19|20)\d\d$/;
const IN_YEAR = /\b(?:in|since|from|year|built|made|bought|early|late|mid)[ -]$/;
const NUMBERED =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|zip(?: code)?(?: is)?|postal code(?: is)?|floor|level|room|apt|suite|unit|version|model|windows|iphone|ipad|galaxy|pixel|air|pro|series|gen|type|size|route|page|step|aged?|son is|daughter is|building|block|wattage|password(?: is)?|pin(?: is)?|(?:order|room|flight|ticket|po|phone|tracking|invoice|account|customer|reference|tax|serial)(?: number| no\.?| id)?(?: is)?|id(?: is)?|call (?:me )?at)\s$/;

/** Words right before a price. */
export const TOWARDS_PRICE =
  /\b(?:pay|offer|give|at|for|is|it's|it|to|do|say|like|propose|suggest|even|most|least|of|around|about|under|over|than|spend|budget|max|cost|costs|price)\s?$/;

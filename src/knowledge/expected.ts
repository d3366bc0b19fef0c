/** What kind of answer a question calls for, as far as its wording tells; in English and in Korean. */
export interface Expected {
  /** A yes or a no: "is it", "does this", 되나요; not "how is it". */
  readonly yesNo: boolean;
  /** A count: "how many", 몇 개. */
  readonly count: boolean;
  /** A figure of any kind. */
  readonly figure: boolean;
  readonly time: boolean;
}

export function expectedBy(question: string): Expected {
  const text = question.toLowerCase();
  const count = COUNT.test(text);
  return {
    yesNo: !OPEN.test(text) && (YES_NO.test(text) || YES_NO_KO.test(text)),
    count,
    figure: count || MEASURE.test(text),
    time: TIME.test(text),
  };
}

const OPEN =
  /^(?:how|what|whats|where|which|when|who|why)\b|무엇|무슨|뭐|뭘|어떤|어느|어디|언제|누구|누가|왜|어떻게|몇|얼마/;
const AUXILIARY =
  "(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should|may|isn't|aren't|doesn't|don't|won't|can't)";
const YES_NO = new RegExp(
  `^(?:\\w+ ){0,2}${AUXILIARY}\\b|\\b${AUXILIARY} (?:it|they|this|these|that|those|i|you)\\b`,
);
const YES_NO_KO = /(?:나요|까요|가요|어요|아요|되요|돼요|지요|죠|니까|는지)\s*\??$/;
const COUNT = /\bhow (?:many|much)\b|\bnumber of\b|\bquantity\b|몇\s*(?:개|명|장|권|병|팩|포|단|가지)|개수/;
const MEASURE =
  /\bhow (?:long|tall|high|wide|deep|thick|big|large|small|far|heavy|light)\b|\b(?:dimensions?|measurements?|measures?|size|height|width|length|depth|diameter|thickness|circumference|weight|weighs?|inch|inches|feet|pounds|lbs?|ounces)\b|크기|사이즈|치수|길이|너비|높이|두께|무게|용량|얼마나|몇/;
const TIME =
  /\bhow (?:long|often|fast|quick|soon)\b|\bwhen\b|\b(?:hours?|minutes?|days?|months?|years?)\b|언제|며칠|시간|기간|개월/;

/** Whether a text states what is called for. */
export function statesFigure(text: string): boolean {
  return FIGURE.test(text);
}
export function statesTime(text: string): boolean {
  return DURATION.test(text);
}
/** Begins with its yes or no. */
export function decides(text: string): boolean {
  return /^(?:yes|no|nope|yep|yeah|네|예|아니)/i.test(text);
}
/** Says that whoever writes does not know. */
export function isUnsure(text: string): boolean {
  return UNSURE.test(text.toLowerCase());
}
/** Tells what somebody did or thinks, rather than what the product is. */
export function isPersonal(text: string): boolean {
  return /\b(?:i|my)\b|저는|제가|저희/i.test(text);
}

const FIGURE =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|single|pair|couple)\b|[한두세네] ?(?:개|장|병|팩)/i;
const DURATION =
  /\b(?:\d[\d./]*|one|two|three|four|five|six|few|several|couple)\+?\s*-?\s*(?:of |to \d+ )?(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|days?|weeks?|months?|years?|yrs?)\b|\d\s*(?:시간|분|초|일|주|개월|달|년)/i;
const UNSURE =
  /\b(?:not (?:really |entirely )?(?:sure|certain)|(?:don't|do not) know|no idea|unsure|you (?:might|may) want to (?:call|contact|ask)|please contact|sorry)\b|모르겠|잘 모르|확실하지|확실치/;

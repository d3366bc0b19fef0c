import type { Item } from "../domain/act.ts";

type Ref = Extract<Item, { ref: string }>["ref"];
export type TermKind = "delivery" | "warranty" | "payment" | "returns" | "subscription";

/** Words without which a message does not speak of that kind of term, looked for in lower case. */
export const TERM_WORDS: Readonly<Record<TermKind, RegExp>> = {
  delivery:
    /deliver|shipp?|postage|courier|post(?:man|ie)|express|overnight|tomorrow|asap|hurry|rush|soon|fast|quick|pick(?:ed|ing)? ?(?:it )?up|collect|install|assembl|set(?:ting)? (?:it )?up|배송|배달|택배|빨리|빠르|급[해하한히]|내일|당일|익일|특급|오늘|수령|찾으러|가지러|설치|조립|도착/,
  warranty: /warrant|guarant|cover|protect|repair|breaks?\b|broken|보증|보장|에이에스|a\/s|고장|수리|무상/,
  payment:
    /pay|invoice|net ?\d|credit|later|terms|upfront|up front|결제|지불|외상|후불|나중에|선불|입금|계산서|월말/,
  returns: /return|refund|send (?:it|them) back|money back|change my mind|반품|환불|교환|돌려|무르|물리/,
  subscription:
    /subscri|monthly|every (?:month|quarter|\d)|each month|per month|quarter|recurring|regular|auto|정기|구독|매월|매달|달마다|분기|개월마다|다달이/,
};

/** Words without which a message does not speak of the price. */
export const PRICE_WORDS =
  /price|pric(?:ing|ey)|cost|cheap|expensive|money|budget|afford|pay|wallet|purse|penn|dollar|bargain|deal|가격|값|금액|비용|단가|예산|돈|저렴|싸|싼|비싸|할인|가성비|지갑/;

/** Words by which something is wanted at no charge. */
export const FREE_WORDS =
  /free|waive|no (?:charge|cost|fee)|without (?:charge|paying|the fee)|not charge|don't charge|on the house|on you\b|included?|includ|throw|cover the|eat the|absorb|gratis|freebie|무료|공짜|서비스로|빼\s?주|빼\s?고|안\s?받|면제|쏘|얹어|덤|사은품|끼워|그냥 보내|포함/;
export const GIFT_WORDS =
  /gift|free|bonus|extra|freebie|throw|goodie|사은품|덤|서비스|얹어|끼워|공짜|선물|하나 더/;

/** Other words that point at a place among what was shown, beside those the grammar knows. */
export const PLACE_WORDS: Readonly<Record<Exclude<Ref, "that" | "offer">, RegExp>> = {
  first: /\b(?:first|former|top|1st|no\.? ?1|number one|#1)\b|첫|1번|맨 ?위|앞에|앞엣|위에/,
  second: /\b(?:second|middle|2nd|latter|no\.? ?2|number two|#2)\b|두 ?번째|둘째|2번|가운데|중간/,
  third: /\b(?:third|3rd|no\.? ?3|number three|#3)\b|세 ?번째|셋째|3번/,
  last: /\b(?:last|bottom|final|latter)\b|마지막|맨 ?뒤|맨 ?끝|끝에|맨 ?아래|뒤에/,
  cheaper: /\b(?:cheap\w*|less expensive|budget|affordable|inexpensive|lower[- ]priced)\b|싼|저렴|싸|낮은/,
  dearer:
    /\b(?:dear\w*|pric(?:e?y|i\w+)|expensive|premium|fanc\w+|posh\w*|top[- ]end|high[- ]end)\b|비싼|비싸|고급|좋은/,
  other: /\b(?:other|another|alternative)\b|다른|나머지|반대/,
};

/** The message points back at a price, or a count, that was named before. */
export const PRICE_BEFORE =
  /\b(?:at|for|to|with|take|match|do|accept|meet|honou?r|keep|on) (?:that|this|your|my|the|same|the same) (?:\w+ )?(?:price|offer|number|figure|quote|amount|bid|rate)\b|\bwhat (?:i|you) (?:said|offered|quoted|named)\b|\b(?:price|number|figure|amount) (?:i|you) (?:said|offered|quoted|named)\b|(?:아까|처음|그|저|이|원래|지난번|말씀하신|제시한|부른|말한)\s?(?:에\s?)?(?:제가\s?|말씀하신\s?|말한\s?|부른\s?)?(?:가격|금액|값|숫자)(?:에|으로|로|대로)/;
export const COUNT_BEFORE =
  /\b(?:same (?:amount|number|quantity|count)|as many|that many)\b|(?:같은|그|아까|처음)\s?(?:그\s?)?(?:수량|개수|만큼)|그만큼/;

/** Numbers that count neither money nor goods. */
export const COUNTED_ELSE =
  /\d[\d,]*(?:\.\d+)?\s*-?(?:(?:years?|yrs?|months?|days?|weeks?|hours?|hrs?|minutes?|mins?|stars?|times?|people|persons?|kids|rooms?|floors?|am|pm|o'clock|st|nd|rd|th)\b|(?:년|개월|달(?!러)|일(?!단|괄)|주(?=일|간|째|년|동안|\s|$|[.,])|시간|시(?!작|면|켜|킬)|분(?!의)|명|번|점|층|살(?!게|래|까|거|려)|월|평|학년|세대))/g;

import type { TermsWanted } from "../domain/terms.ts";
import type { Setting } from "./setting.ts";

/**
 * One way to ask for a term: add a line here for a new one. `n` is the first number matched. "Longer" and "faster"
 * mean better than what stands in the live offer, by the least step. Null when the words mean no term after all.
 */
export type Shape = readonly [
  RegExp,
  (n: number, setting: Setting, found: RegExpExecArray) => TermsWanted | null,
];

const DAYS_KO = "(?<![가-힣])(하루|이틀|사흘|나흘|일주일|1주일|2주)";
const DAY_COUNT: Readonly<Record<string, number>> = {
  하루: 1,
  이틀: 2,
  사흘: 3,
  나흘: 4,
  일주일: 7,
  "1주일": 7,
  "2주": 14,
};
/** Express with no date: what is commonly sold as express. */
const EXPRESS_DAYS = 2;
const SHIP = "(?:shipping|delivery|postage|ship|deliver|shipped|delivered)";

export const SHAPES: readonly Shape[] = [
  // free shipping, before anything that only mentions shipping
  [
    /(?:free|no|waive(?:d)?(?: the)?|without|skip the|complimentary|cover(?: the)?|eat the|include(?: the)?|throw in(?: free| the)?|drop the) (?:express |fast |overnight |next[ -]day |standard )?(?:shipping|delivery|postage)(?: fees?| costs?| charges?)?/,
    freeDelivery,
  ],
  [
    /(?:free|complimentary|(?:throw|toss|chuck) in(?: the| some)?(?: free)?|include(?: the)?(?: free)?) (?:express|overnight|next[ -]day)\b(?! [a-z]+ (?:bag|case|card))/,
    freeDelivery,
  ],
  [
    new RegExp(
      `${SHIP}(?: fees?| costs?| charges?)? (?:is |be |was |to be |for )?(?:free|waived|included|on (?:you|the house))`,
    ),
    freeDelivery,
  ],
  [/ship(?:ped)? (?:it |them |this |that )?(?:for )?free/, freeDelivery],
  [
    /(?:특급|빠른|익일|퀵)\s?배송(?:비|료)?(?:도|은|는|을|를|까지)?\s?(?:좀\s?)?(?:무료|공짜|빼|면제|서비스|안\s?받|깎|할인|내려)(?:로|해서|아서|해)?|배송(?:은|이?라도|도)?\s?(?:특급|빠른|익일|퀵)(?:으로|배송으로|로)?\s?(?:무료|공짜|서비스)(?:로|배송)?/,
    freeDelivery,
  ],
  [
    /(?:조립|설치)(?:\s?설치)?(?:비|비용|료)(?:는|은|를|을|도|만)?\s?(?:좀\s?)?(?:무료|공짜|빼|면제|없이|서비스|안\s?받|포함|깎)(?:로|해서|아서|해)?|(?:무료|공짜)(?:로)?\s?(?:조립|설치)(?:해)?|(?:조립|설치)(?:은|는|까지|도)?\s?(?:무료|공짜|서비스)(?:로)?/,
    () => ({ delivery: { id: "installed", free: true } }),
  ],
  [
    /(?:조립\s?설치|조립|설치)(?:까지|도|은|는|을|를)?\s?(?:배송|서비스)?(?:으로|로|도|까지)?\s?(?=해|부탁|추가|포함|돼|되|가능|원|필요|할)|(?:with|including|and|want|need) (?:the )?(?:assembly|installation)|assembled|(?:assemble|install) (?:it|them)/,
    () => ({ delivery: { id: "installed" } }),
  ],
  [
    /(?:매장|직접|방문)(?:에서|에)?\s?(?:직접\s?)?(?:수령|픽업|찾(?:을|아|으러)|가지러|받을)(?:으로|로|게|갈게|가)?|픽업(?:으로|할)|(?:store |in[- ]store )?pick ?up|(?:pick (?:it|them) up)/,
    () => ({ delivery: { id: "pickup" } }),
  ],
  [
    /(?:일반|기본|보통)\s?배송(?:으로|로)?|(?:그냥\s?)?(?:일반|기본)(?:으로|로)(?=요|\s?해|\s?할|\s?보내|\s?$|[.,!?])|(?:standard|regular|normal) (?:shipping|delivery)/,
    () => ({ delivery: { id: "standard" } }),
  ],
  [
    /무료\s?(?:로\s?)?배송|배송\s?(?:도|은|을|를|비)?\s?(?:무료|공짜)|(?:배송비|배송료|택배비|배송)(?:는|은|를|을|도|만|까지)?\s?(?:좀\s?)?(?:무료|공짜|빼|면제|없이|서비스|안\s?받|제외|포함|부담|내\s?주|없애|대신\s?내|깎)(?:로|해서|아서|해)?/,
    freeDelivery,
  ],
  // delivery by a day
  [
    new RegExp(
      `(?:same[ -]day)(?: ${SHIP})?|${SHIP}(?:ed)? (?:it |them )?(?:by )?today|(?:here|arrive|get here|receive (?:it|them)) (?:by )?today|by (?:tonight|the end of (?:the )?day)`,
    ),
    () => ({ delivery: { days_max: 0 } }),
  ],
  [
    new RegExp(
      `(?:overnight|next[ -]day)(?: ${SHIP})?|(?:by|for|until|before|${SHIP}|arrive|here) (?:it |them )?tomorrow|(?:need|want|have|use) (?:it|them|this|that|these) (?:here |already )?tomorrow`,
    ),
    () => ({ delivery: { days_max: 1 } }),
  ],
  [
    new RegExp(
      `(?:${SHIP}|arrive|get here|here|receive it|received?|get it|get them)[a-z ]{0,25} (?:in|within|under|by|in under|in at most) (\\d+)(?: business| working)? days?`,
    ),
    withDays,
  ],
  [
    new RegExp(
      `(?<!\\b(?:pay|paid|payment|invoice)\\b[a-z ]{0,16})(?:within|in) (\\d+)(?: business| working)? days?(?= (?:${SHIP}|at|for|and|if|please|or)\\b|$|[.,!?])(?! warranty)`,
    ),
    withDays,
  ],
  [new RegExp(`(\\d+)[ -](?:business )?day ${SHIP}`), withDays],
  [
    /(?:by|before|until|no later than) (sun|mon|tues|wednes|thurs|fri|satur)day|([일월화수목금토])요일\s?(?:까지|안에|전에|안으로)/,
    byWeekday,
  ],
  [/(?:within|in) (?:a|1|the) week/, () => ({ delivery: { days_max: 7 } })],
  [
    /(?:당일|오늘)\s?(?:배송|도착|발송|안에|안으로|까지|중으로|받)(?:로|으로)?/,
    () => ({ delivery: { days_max: 0 } }),
  ],
  [
    /(?:내일|낼|익일|다음\s?날)\s?(?:까지|도착|배송|받|안으로|안에|와|오|필요)(?:으로|로)?|새벽\s?배송(?:으로)?/,
    () => ({ delivery: { days_max: 1 } }),
  ],
  [/모레\s?(?:까지|도착|받|안으로|안에)/, () => ({ delivery: { days_max: 2 } })],
  [
    /(\d+)\s?일\s?(?:안에|안으로|이내|내로|내에|까지)(?!.{0,6}(?:반품|결제|환불))(?:\s?(?:배송|도착|로))?/,
    withDays,
  ],
  [
    new RegExp(`${DAYS_KO}\\s?(?:안에|안으로|이내|내로|내에|만에)`),
    (_n, _s, found) => ({ delivery: { days_max: DAY_COUNT[found[1] ?? ""] ?? 7 } }),
  ],
  [/이번\s?주\s?(?:안에|안으로|내로|까지)/, () => ({ delivery: { days_max: 7 } })],
  [
    new RegExp(
      `(?:express|expedited?|faster|rush(?:ed)?|quick(?:er)?|priority|fast|speedy)(?: ${SHIP})?|${SHIP} (?:it |them )?(?:faster|sooner|quicker|quickly|fast|asap)|get (?:it|them) here (?:faster|sooner)`,
    ),
    faster,
  ],
  [
    /(?:빠른|급행|특급|퀵|신속|총알)\s?배송(?:으로)?|퀵(?:으로|서비스)|배송(?:을|은|좀)?\s?(?:좀\s?)?(?:더\s?)?(?:빨리|빠르게|서둘러|앞당겨)(?:\s?해)?|(?:더\s?)?(?:빨리|빠르게)(?:만)?\s?(?:보내|받|배송|와|도착|발송)/,
    faster,
  ],
  // back to what is listed
  [
    /(?:forget|drop|skip|without|no|lose|cancel|remove|don't need|leave out) (?:about )?(?:the |any |that )?(?:extended|longer|extra|additional) (returns?|warranty)(?: (?:window|period|policy))?|(?:the )?(?:standard|normal|regular|usual|basic|included) (returns?|warranty)(?: (?:window|period|policy))?/,
    (_n, _s, [, dropped, kept]) =>
      (dropped ?? kept) === "warranty" ? { warranty: { months_min: 0 } } : { returns: { days_min: 0 } },
  ],
  // warranty
  [
    /(\d+)[ -]?(?:years?|yrs?)['s]*(?: of| extended| long| full)*(?: warranty| guarantee| coverage)|(?:warranty|guarantee|coverage)(?: of| for| to| up to| extended to| should be)* (\d+) ?(?:years?|yrs?)/,
    (n, _s, f) => warranty(n * 12, f),
  ],
  [
    /(\d+)[ -]?months?['s]*(?: of| extended| long)*(?: warranty| guarantee)|(?:warranty|guarantee)(?: of| for| to| up to| extended to)* (\d+) ?months?/,
    (n, _s, f) => warranty(n, f),
  ],
  [
    /(?:longer|extended|extend the|better|more|additional|extra) (?:warranty|guarantee)|(?:warranty|guarantee) extension/,
    longer,
  ],
  [
    /(\d+)\s?년\s?(?:간\s?|짜리\s?|동안\s?)?(?:무상\s?)?(?:연장\s?)?(?:보증|워런티|as|a\/s|무상\s?수리)(?:으로|로|을|를|도|까지)?|(?:보증|워런티|as|a\/s)(?:\s?기간)?(?:을|를|은|는|도|이|가|만)?\s?(?:그냥\s?|다시\s?|기본\s?)?(\d+)\s?년(?:으로|까지)?/,
    (n, _s, f) => warranty(n * 12, f),
  ],
  [
    /(\d+)\s?개월\s?(?:간\s?|짜리\s?)?(?:무상\s?)?(?:보증|워런티|as|a\/s)(?:으로|로|을|를)?|(?:보증|워런티|as|a\/s)(?:\s?기간)?(?:을|를|은|는|도)?\s?(\d+)\s?개월(?:로|까지)?/,
    (n, _s, f) => warranty(n, f),
  ],
  [
    /(?:보증|워런티|as|a\/s)(?:\s?기간)?(?:을|를|도|은|좀)?\s?(?:좀\s?)?(?:더\s?)?(?:길게|늘려|늘리|연장|추가)|연장\s?보증/,
    (_n, s, f) => warranty((s.offer?.terms.warranty.months ?? 12) + 1, f),
  ],
  // payment
  [
    /\bnet[ -]?(\d+)(?: days| terms)?|(?:pay|payment|invoice)[a-z ]{0,20} (?:in|within|after) (\d+) days|(\d+)[ -]days? (?:payment|invoice|credit)(?: terms)?|(\d+) days? (?:to pay|after delivery)/,
    (n) => ({ payment: { days_min: n } }),
  ],
  [
    /pay (?:later|next month|after delivery|on invoice|by invoice)|deferred payment|on credit|buy now,? pay later|(?:payment )?on account/,
    () => ({ payment: { days_min: 1 } }),
  ],
  [
    /(?:배송|수령|납품|도착)\s?(?:후|뒤)\s?(\d+)\s?일\s?(?:이내\s?|안에\s?)?(?:결제|입금|지불|정산)(?:로|조건으로)?|(\d+)\s?일\s?(?:후|뒤|이후)에?\s?(?:에\s?)?(?:결제|지불|입금|송금)|결제(?:는|를|은)?\s?(\d+)\s?일\s?(?:후|뒤)(?:에|로)?/,
    (n) => ({ payment: { days_min: n } }),
  ],
  [
    /후불(?:\s?결제)?(?:로|도)?|외상(?:으로|도)?|(?:다음\s?달|나중|배송\s?후|받고\s?나서|받은\s?(?:다음|뒤|후))에?\s?(?:결제|지불|입금)(?:로)?|결제(?:는|를)?\s?(?:다음\s?달|나중)에/,
    () => ({ payment: { days_min: 1 } }),
  ],
  [
    /선\s?(?:결제|불)(?:로)?|(?:주문할\s?때|바로|즉시)\s?결제(?:로|\s?조건)|결제(?:는|를)?\s?(?:바로|즉시|주문할\s?때)|pay(?:ment)? (?:now|upfront|up front|on ordering)|prepaid|prepay/,
    () => ({ payment: { days_min: 0 } }),
  ],
  // returns
  [
    /(\d+)[ -]days? (?:free |money[ -]back )?(?:returns?|refunds?|money[ -]back)(?: window| period| policy| guarantee)?|returns?(?: window| period)?(?: of| to| within| for| in)* (\d+) days/,
    (n) => ({ returns: { days_min: n } }),
  ],
  [
    /(?:longer|extended|extend the|more time for) returns?(?: window| period| policy)?/,
    (_n, s) => ({ returns: { days_min: (s.offer?.terms.returns.days ?? 7) + 1 } }),
  ],
  [
    /(\d+)\s?일\s?(?:이내\s?|간\s?|동안\s?)?(?:무료\s?)?(?:반품|환불|교환)(?:으로|로|을|도)?|(?:반품|환불|교환)(?:\s?기간|\s?기한)?(?:을|를|은|는|도)?\s?(\d+)\s?일(?:로|까지|으로)?/,
    (n) => ({ returns: { days_min: n } }),
  ],
  [
    /(?:반품|환불|교환)\s?(?:기간|기한)?(?:을|를|도)?\s?(?:좀\s?)?(?:더\s?)?(?:길게|늘려|늘리|연장)/,
    (_n, s) => ({ returns: { days_min: (s.offer?.terms.returns.days ?? 7) + 1 } }),
  ],
  // subscription
  [
    /(?:1[ -]time (?:purchase|order|only)|one[ -]time(?: purchase| order| only)?|(?:no|without (?:a|the)|not a|(?:cancel|drop|remove|stop|end|skip) the) subscription|just once|single purchase)/,
    () => ({ subscription: null }),
  ],
  [
    /(?:정기\s?(?:배송|구독)|구독)(?:은|을|는|를)?\s?(?:말고|안|빼고|취소|없이|아니)[가-힣]{0,3}|(?:1번|한\s?번|1회)만(?=\s(?!더|좀)|$)|일회성|일시\s?구매|단품\s?구매/,
    () => ({ subscription: null }),
  ],
  [
    /every (\d+) months?|every other month|(?:on a |a )?(?:monthly|quarterly|yearly|annual)(?: subscription| delivery| basis| order| plan)?|every (?:single )?(?:month|quarter)|each month|once a month|per month|subscri(?:be|ption)(?: for it| to it| to this)?/,
    (n, _s, f) => every(n, f[0]),
  ],
  [
    /(\d+)\s?(?:개월|달)\s?(?:마다|에\s?(?:한|1)\s?번|에\s?1회|간격|주기)(?:으로|로|씩)?|(?:한|두|세|석)\s?달(?:마다|에\s?(?:한|1)\s?번)|격월(?:로|마다)?|분기(?:마다|별로)|(?:매달|매월|달마다|월\s?1회|다달이)(?:\s?정기\s?(?:배송|구독|구매))?(?:로|으로)?|정기\s?(?:배송|구독|구매)(?:로|으로|을|를)?|구독(?:으로|할|하|을)/,
    (n, _s, f) => every(n, f[0]),
  ],
  [
    /(?:매월\s?)?(\d+)\s?(?:개월|회|번)(?:짜리|치|분|동안)?(?:으로|로)(?=요|\s|$)/,
    (n, { offer }) =>
      offer?.terms.subscription
        ? { subscription: { every_months: offer.terms.subscription.every_months, commitment_max: n } }
        : null,
  ],
  // gifts
  [
    /(?:throw in|toss in|include|add)(?: in)? (?:a|an|some|the)? ?(?:free |complimentary )?(gift|freebie|extra|something extra|bonus)s?(?: for free)?|free gift|any freebies?|freebies?|something extra|(?:any|some)(?:thing)? (?:free|extra|on the house)(?: (?:with|on top of) (?:it|this|that|them|the order))?|(?:do|would|will|can) (?:i|you) (?:get|throw in|give) (?:anything|something)(?: (?:free|extra|for free|with it))+/,
    () => ({ gift: true }),
  ],
  [
    /(?:throw in|toss in|chuck in)(?: for free)? (?:a|an|the|some)? ?(?:free )?((?!the\b)[a-z][a-z -]{1,38}?)(?= for free|$|[.,!?¦]| (?:and|i'll|i will|then|we|too|as well|please|it's|you)\b)|(?:(?:with|plus|include|add|get|and|give me)(?: (?:a|an|the|some))?|^(?:what about |how about )?(?:a|an|some)) (?:free|complimentary) ([a-z][a-z -]{1,38}?)(?=$|[.,!?¦]| (?:and|i'll|i will|then|we|too|as well|please)\b)|(?:give|get|send|hand) (?:me|us) (?:a |an |the |some |1 )?(?:(?:pack|box|pair|set|bag) of )?([a-z][a-z -]{1,38}?) (?:for free|free of charge|at no (?:extra )?(?:cost|charge)|on the house)/,
    (_n, _s, f) => ({ gift: (f[1] ?? f[2] ?? f[3] ?? "").trim() }),
  ],
  [
    /([가-힣a-z0-9]{2,20}?)(?:을|를|은|는|도|이라도|라도)?\s?(?:하나\s?|1개\s?)?사은품(?:으로|로)/,
    (_n, _s, f) => ({ gift: f[1] ?? true }),
  ],
  [
    /사은품(?:이라도|도|을|은|이|좀|\s?하나)*|덤(?:으로|도|이라도|좀)(?:\s?하나)?(?:\s?더)?|선물\s?하나/,
    () => ({ gift: true }),
  ],
  [
    /([가-힣a-z0-9]{2,20}?)(?:을|를|이라도|라도|은|는|도)?\s?(?:하나|1개|한\s?개)?(?:만|쯤)?\s?(?:서비스로|공짜로|무료로|덤으로|끼워)(?:\s?(?:끼워|넣어|챙겨|주|해))?/,
    (_n, _s, f) => ({ gift: f[1] ?? true }),
  ],
];

function freeDelivery(_n: number, setting: Setting, found: RegExpExecArray): TermsWanted {
  const { days_max } = /express|fast|overnight|next|특급|빠른|익일|퀵/.test(found[0])
    ? { days_max: Math.min(EXPRESS_DAYS, setting.offer?.terms.delivery.days_max ?? EXPRESS_DAYS) }
    : {};
  return { delivery: days_max === undefined ? { free: true } : { free: true, days_max } };
}

function withDays(n: number): TermsWanted {
  return n <= 365 ? { delivery: { days_max: n } } : {};
}

const WEEKDAYS = ["sun", "mon", "tues", "wednes", "thurs", "fri", "satur"];

/** Days until the next such day, by the date in UTC. */
function byWeekday(_n: number, setting: Setting, found: RegExpExecArray): TermsWanted {
  const wanted = found[1] ? WEEKDAYS.indexOf(found[1]) : "일월화수목금토".indexOf(found[2] ?? "");
  const today = new Date(setting.now).getUTCDay();
  return { delivery: { days_max: (wanted - today + 7) % 7 || 7 } };
}

function faster(_n: number, setting: Setting, found?: RegExpExecArray): TermsWanted {
  // "Express" names what is commonly sold as such; "faster" is faster than what stands.
  if (found && !/faster|sooner|quicker|더|빨리|빠르게|서둘|앞당/.test(found[0]))
    return { delivery: { days_max: EXPRESS_DAYS } };
  const standing = setting.offer?.terms.delivery.days_max;
  const days_max = standing === undefined ? EXPRESS_DAYS : Math.max(0, Math.min(EXPRESS_DAYS, standing - 1));
  return { delivery: { days_max } };
}

/** "The longer warranty" is the one on the offer when that has a longer one already. */
function longer(_n: number, { offer }: Setting, found: RegExpExecArray): TermsWanted {
  const { months = 12, fee = 0, list_fee = 0 } = offer?.terms.warranty ?? {};
  const known = fee + list_fee > 0 && /\bthe $/.test(found.input.slice(0, found.index));
  return warranty(known ? months : months + 1, found);
}

function warranty(months: number, found: RegExpExecArray): TermsWanted {
  const before = found.input.slice(Math.max(0, found.index - 30), found.index);
  const after = found.input.slice(found.index + found[0].length);
  const free =
    /^ (?:for free|free of charge|at no (?:extra )?(?:cost|charge)|on the house)/.test(after) ||
    /\b(?:free|throw in (?:a |the |an )?|toss in (?:a |the |an )?)\s*$|무료\s*$|공짜(?:로)?\s*$|무상\s*$/.test(
      before,
    );
  if (months < 1 || months > 240) return {};
  return { warranty: free ? { months_min: months, free: true } : { months_min: months } };
}

function every(n: number, words: string): TermsWanted {
  const months = /quarter|분기|세\s?달|석\s?달/.test(words)
    ? 3
    : /year|annual/.test(words)
      ? 12
      : /other month|격월|두\s?달/.test(words)
        ? 2
        : n;
  return { subscription: months >= 1 && months <= 24 ? { every_months: months } : {} };
}

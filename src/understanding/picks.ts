import type { ActOf } from "../domain/act.ts";
import { settled } from "./clause.ts";
import type { Heard } from "./heard.ts";
import { sure } from "./heard.ts";
import type { Setting } from "./setting.ts";

type Place = (typeof PLACES)[number];
const PLACES = ["first", "second", "third"] as const;

/** A package named by its number, and the clause without it. */
export interface Pick {
  readonly place: Place;
  readonly rest: string;
}

const NUMBER: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, first: 1, second: 2, third: 3, "1st": 1, "2nd": 2, "3rd": 3 },
  ...{ former: 1, latter: 2, a: 1, b: 2, c: 3, 첫: 1, 두: 2, 세: 3, 둘: 2, 셋: 3, 일: 1, 삼: 3 },
};

const KIND_EN = "(?:option|package|offer|choice|plan|proposal|bundle|deal|variant)";
const KIND_KO = "(?:패키지|제안|옵션|조건|안|상품|견적|묶음)";
const CASE_KO = "(?:으로|로|을|를|은|는|이|가)?(?![가-힣]*(?:씩|마다))";

/** The words that name a package, the number in the last group that took part. */
const NAMED_EN = new RegExp(
  `\\b(?:the )?(?:${KIND_EN} )?(?:number|no\\.?|nr\\.?)\\s?#?(\\d|one|two|three)\\b(?![.,]?\\d)(?: one| ${KIND_EN})?` +
    `|\\b(?:the |your )?${KIND_EN}\\s#?(\\d|one|two|three|a|b|c)\\b(?![.,]?\\d|\\s?%)` +
    `|(?<![\\w&])#\\s?(\\d)\\b` +
    `|\\bthe (first|second|third|1st|2nd|3rd|former|latter)(?: one| ${KIND_EN})?\\b(?! (?:time|thing|place|day|week|month|year|order|question|[a-z]+ (?:time|thing)))` +
    `|\\b(first|second|third|1st|2nd|3rd) (?:one|${KIND_EN})\\b` +
    `|^(first|second|third|1st|2nd|3rd)(?=(?: please)?[.!]*$)`,
  "g",
);
const NAMED_KO = new RegExp(
  `${KIND_KO}\\s?#?(\\d)(?:\\s?번)?(?:째)?${CASE_KO}` +
    `|(?<![\\d.,가-힣])(\\d|일|삼)\\s?번\\s?(?:째\\s?)?(?:${KIND_KO}|것|거|걸)?${CASE_KO}(?!만|이나|\\s?(?:에\\s?(?:나눠|걸쳐)|나눠|나누|더|배송|주문하면))` +
    `|(첫|두|세)\\s?번\\s?째\\s?(?:${KIND_KO}|것|거|걸)?${CASE_KO}` +
    `|(첫|둘|셋)째\\s?(?:${KIND_KO}|것|거|걸)?${CASE_KO}|(?<!\\w)#\\s?(\\d)`,
  "g",
);

/** A number and next to nothing else, where the question was which package. */
const BARE_EN =
  /^(?:(?:i'll|i will|i'd|i would|we'll|we'd|i|let's|let me|just|then|rather|probably|please|can i|could i)\s+)*(?:(?:go|going) (?:with|for)|take|have|choose|pick|prefer|like|say)?\s*(\d|one|two|three)(?=[\s,]*(?:please|then|thanks|thank you|it is|instead|for me|for us|would be (?:good|great)|sounds good)*[\s.!]*$)/;
const BARE_KO =
  /^(?:(?:그럼|그러면|저는|전|난|나는|그냥|일단|음)\s+)*(\d)(?:이요|요|으?로)?(?=\s*(?:할게요?|할래요?|하죠|하겠습니다|갈게요?|해\s?주세요|해\s?줘요?|주세요|부탁(?:해요|드려요|드립니다)|이요|요)?[\s.!]*$)/;

/** Named only to be left out: "not 1", "1번 말고". */
const LEFT_OUT_EN = new RegExp(
  `\\b(?:not|instead of|rather than)\\s+(?:the )?(?:(?:number|no\\.?|${KIND_EN}|#)\\s?)?(?:\\d|one|two|three|first|second|third)(?: one| ${KIND_EN})?\\b(?:,?\\s+but)?`,
  "g",
);
const LEFT_OUT_KO =
  /(?:\d|첫|두|세|일|삼)\s?번(?:째)?(?:\s?(?:패키지|제안|옵션|것|거))?(?:은|는|이|가)?\s?(?:말고|아니고|아니라|빼고|대신)/g;

/**
 * The package a clause names: while several stand side by side a number is one of them before it is a count or a
 * price. Null where none is named or more than one.
 */
export function pickIn(text: string, { lexicon, packages }: Setting): Pick | null {
  const english = lexicon.lang === "en";
  const said = text.replace(english ? LEFT_OUT_EN : LEFT_OUT_KO, " ");
  const named = [...said.matchAll(english ? NAMED_EN : NAMED_KO)];
  const bare = packages.length > 1 ? (english ? BARE_EN : BARE_KO).exec(said.trim()) : null;
  const found = named.length === 0 && bare ? [bare] : named;
  const [only, ...others] = found;
  const place = only && placeOf(only);
  if (!only || !place || others.some((one) => placeOf(one) !== place)) return null;
  if (only === bare) return PLACES.indexOf(place) < packages.length ? { place, rest: "" } : null;
  const rest = named.reduce((left, { 0: words }) => left.replace(words, " ¦ "), said);
  return { place, rest: rest.replace(/\s+/g, " ").trim() };
}

function placeOf(found: RegExpExecArray): Place | undefined {
  const said = found.slice(1).findLast((group) => group !== undefined) ?? "";
  return PLACES[(NUMBER[said] ?? Number(said)) - 1];
}

/** Words around a pick that add nothing to it. */
const COURTESY_EN =
  /\b(?:i'd|i'll|i'm|i|we'd|we'll|we|let's|let me|me|my|us|rather|prefer|have|take|taking|go|going|with|for|choose|pick|want|would|will|like|to|think|guess|suppose|please|then|instead|after all|actually|ok|okay|it's|it is|that's|is|be|it|the|a|one|sounds|looks|seems|good|great|fine|best|better|perfect|make|that|get|buy|order|now|thanks|thank you|can|could|may|wait|hold on|sorry|no|yes|but|and|so|just|changed my mind|on second thoughts?|switch|change|back|works|deal|do)\b/g;
const COURTESY_KO =
  /(?:그럼|그러면|그냥|일단|역시|다시|아무래도|저는|저희는|저희|제가|전|나는|난|내가|우리는|아니다|아니요|아니|잠깐만요|잠깐만|잠깐|잠시만요|죄송한데|생각해\s?보니까?|마음이\s?바뀌었어요|패키지|제안|옵션|조건|상품|걸로|거로|것으로|쪽으로|쪽이|쪽|으로|로|선택|결정|진행|주문|구매|구입|변경|부탁|좋을|것|거|같아요?|같네요|같습니다|나을|낫겠(?:어요|네요)|나아요|나은|좋(?:아요?|겠어요|겠습니다|네요|습니다|은)|(?:할|갈|고를|택할|살|바꿀|받을|할래|갈래)(?:게요?|래요?)?|하(?:겠습니다|겠어요|죠|지요|고\s?싶어요|고\s?싶은데요?)|해(?:\s?(?:주세요|줘요?|주시겠어요|주십시오))?|했어요|드려요|드립니다|드릴게요|해요|합니다|바꿔|주세요|줘요?|주시겠어요|가죠|가겠습니다|원해요|원합니다|이에요|예요|입니다|이요|요|네|예|음|콜|을|를|이|가|은|는|도)/g;

/** Nothing is said beside the pick but that it is one. */
export function picksOnly({ rest }: Pick, { lexicon }: Setting): boolean {
  const left = rest.replace(lexicon.lang === "en" ? COURTESY_EN : COURTESY_KO, " ");
  return !/[\p{L}\p{N}]/u.test(left);
}

/** A pick and no more; "can I have number 2?" is one as well, any other question is none. */
export function picked(raw: string, setting: Setting): { pick: Pick; heard: Heard } | null {
  const text = settled(raw, setting);
  const pick = pickIn(text, setting);
  if (!pick) return null;
  const known = setting.packages.length > 1;
  // With one thing on the table only words for an offer mean one: "the second" may be of the goods shown.
  if (!known && (setting.offer === null || setting.state.focus.length > 1)) return null;
  if (!known && pick.place === "first") return null;
  if (/\?/.test(raw) && !ASKS_FOR.test(text)) return null;
  if (!picksOnly(pick, setting)) return null;
  const act: ActOf<"accept"> = { act: "accept", item: { ref: pick.place } };
  return { pick, heard: sure(0.9, act) };
}

const ASKS_FOR =
  /^(?:so |then |and |ok |okay )*(?:can|could|may) (?:i|we) (?:please )?(?:have|take|get|go with|pick|choose|order|buy)\b|(?:할|주문할|갈)\s?수\s?있/;

/** The offer under a number, as what the rest of the clause is about. */
export function besidePick({ place }: Pick, setting: Setting): Setting | null {
  const offer = setting.packages[PLACES.indexOf(place)];
  if (!offer) return null;
  const bought = offer.lines.filter((line) => !line.gift);
  const only = bought.length === 1 ? bought[0] : undefined;
  return {
    ...setting,
    ...{ offer, packages: [], live: 1, unit: only?.unit_price ?? null, total: offer.totals.total },
    quantity: only?.quantity ?? null,
  };
}

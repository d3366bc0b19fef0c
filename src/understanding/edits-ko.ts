import type { Edits } from "./edits.ts";
import { COUNT } from "./edits-patterns-ko.ts";
import { Reader } from "./edits-reader-ko.ts";
import { remeasured, takeSpecs } from "./filters.ts";
import type { Setting } from "./setting.ts";
import { COUNTERS_KO } from "./words-ko.ts";

/** A Korean message as what it does to an order; null where any of it does something else. */
export function editsKo(text: string, setting: Setting, beside = false): Edits | null {
  const plain = voiced(beside ? text.replace(PRICED, " ") : text);
  const asks = /\?/.test(plain) && !REQUEST.test(plain);
  if (beside ? TWO.test(plain) : asks || REFUSED.test(plain)) return null;
  const measured = takeSpecs(plain);
  if (measured.specs.some(({ op }) => op !== "eq")) return null;
  const reader = new Reader(setting, beside);
  for (const segment of segmentsOf(remeasured(measured.rest, measured.said)))
    if (!reader.reads(segment)) return null;
  return reader.done();
}

/** What is left of a price where its figure was taken out. */
const PRICED =
  /(?:개당|대당|하나당|각각|총|전부 해서)?\s*¦\s*(?:씩|에|으로|로|이면|면|정도|까지|만)?(?:\s?(?:은|는|도))?(?=\s|$|[,.?!])/g;
/** Two counts at once are asked about. */
const TWO = /\d~\d/;

/** Prices, terms, conditions and questions are read by others. */
const REFUSED =
  /얼마|가격|할인|깎|배송|택배|보증|반품|환불|언제|어디|어떤|뭐|무엇|추천|보여|찾|비교|차이|재고|(?<!수 ?)있나|(?<!수 ?)있어요\?|\d{3,4}-\d{4}|있을까|없나|주소|번호|세금|계산서|개월|며칠|이틀|정기|구독|주문 ?취소|(?:으|하|되|주|이|라|다|려)면(?![가-힣])|[~@]|또는|아니면|이나 |총 |합쳐|무료|사은품/;
/** A question that asks for goods: "되나요?", "할 수 있을까요?". */
const REQUEST =
  /(?:될까요|되나요|돼요|되죠|가능(?:한가요|할까요|해요)|수 ?있(?:을까요|나요|어요|을지요)|주실 ?수|주시겠어요|주실래요|주세요|주실까요|도 ?될까요)\s*\?/;

/** Without hesitation, and with only the last of what is put right at once: "두 개 아니 세 개". */
function voiced(text: string): string {
  return text
    .replace(/(?<=^|\s)(?:어+|음+|그러니까|그니까|저기요?|있잖아요|뭐랄까|아+)(?=[\s,])[,\s]*/g, " ")
    .replace(new RegExp(`\\d+\\s?(?:${COUNTERS_KO})[,\\s]+(?:아니|아니다|아니요|앗)[,\\s]+(?=\\d)`, "g"), " ")
    .replace(
      /(?<![가-힣])(?<!(?:야|게|도|서|러|고|지|둘) )(하나|둘|셋|넷|다섯|여섯)(?=만|씩|이요|요|로|랑|하고|도|는|은|를|을|[\s,.!?]|$)(?!\s?다(?![가-힣]))/g,
      (word) => `${LONE[word] ?? word}개`,
    )
    .replace(new RegExp(`(\\d)\\s(?=(?:${COUNTERS_KO})(?![가-힣]{2}))`, "g"), "$1")
    .replace(
      new RegExp(`(\\d(?:${COUNTERS_KO}))(?:이)?면 ?(?:되고요?|돼요|됩니다|충분(?:해요|하고요?))`, "g"),
      "$1,",
    )
    .replace(/\s+/g, " ")
    .trim();
}

const LONE: Readonly<Record<string, number>> = { 하나: 1, 둘: 2, 셋: 3, 넷: 4, 다섯: 5, 여섯: 6 };

/** Where one edit ends: at a joint, behind a count, and behind a verb that goes on. */
function segmentsOf(text: string): string[] {
  return text
    .replace(
      new RegExp(
        `(?<=^|[\\s,])(${COUNT}(?:씩|만|도|으로|로)?)(?:이?랑|하고|와|과)?(?= [가-힣a-z0-9])(?! ?(?:더|추가|빼|줄|늘|말고|대신|아니|주|할|하|로|으로|부탁|필요|견적|담|보내|살|사|주문|넣|변경|해|그|이렇게|맞|가능|같이|제외|취소|됩|되|교체|바|정도|다))`,
        "g",
      ),
      "$1 | ",
    )
    .replace(VERBS_ON, "$1 | ")
    .replace(SAID, "$1 | ")
    .split(
      /[,;.!?\n/]+(?=\s|$)|\s\/\s|\s*\|\s*|(?<=[가-힣a-z0-9])(?<![파노])(?:이랑|랑|하고|와|과)\s+(?![가-힣]*(?:같은|동일))|\s+(?:그리고|또|및|그럼|근데|그런데)\s+(?=.)|^(?:그리고|대신|근데|그런데|그럼)\s+/,
    )
    .map((one) => trimmed(one ?? ""))
    .filter((one) => one !== "");
}

/** "빼고", "줄이고", "바꿔 주시고": a verb and then more. */
const VERBS_ON =
  /((?:빼|줄이|늘리|취소하|삭제하|제외하|추가하|바꾸|변경하|교체하|두|놔두|하|넣|담|유지하|주시|(?:빼|줄여|늘려|바꿔|해|추가해|넣어|담아|변경해) ?주시)고(?:요)?)(?=[\s,])(?!\s*싶)/g;

/** Something was said, and the next begins without a comma. */
const SAID =
  /([가-힣](?:[어아해됐했]요|거든요|네요|습니다|[아어해]서요|니까요?|테니까?|한데요|는데요))(?=\s+\S)(?!\s+(?:주세요|부탁))/g;

function trimmed(segment: string): string {
  let text = segment.trim();
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(LEAD, "").replace(TAIL, "").trim();
  }
  return text;
}

const LEAD =
  /^(?:네+|넵|예|응|좋(?:아요|습니다|은데요?|네요)|아니요?|아뇨|안녕하세요|고마워요|감사(?:합니다|해요)|죄송한데요?|잠깐만?요?|저희는?|저는|제가|우리는?|그럼|그러면|그냥|이번엔|이번에는|다만|근데|혹시|거기다가?|여기에|추가로|일단|아까|그럼|대신|맞는데요?|다 맞는데)(?=[\s,]|$)[\s,]*/;
const TAIL =
  /\s*(?:(?:주문|구매|결제|견적|진행|신청)(?:을|를)? ?(?:할게요|하겠습니다|해 ?주세요|부탁(?:드려요|드립니다|해요)|주세요|요|합니다|하고 ?싶어요|넣어 ?주세요)|(?:부탁|요청)(?:드려요|드립니다|드릴게요|해요|합니다)|(?:보내|담아|챙겨|준비해) ?(?:주세요|줘요?|주십시오)|주세요|줘요?|주십시오|주실래요|주시겠어요|주실 ?수 ?있(?:나요|을까요|어요)|살게요|사겠습니다|살래요|할게요|할래요|하겠습니다|가능(?:할까요|한가요|해요|하죠)|될까요|되나요|필요(?:합니다|해요|한데요|하고요?)|이렇게요?|(?<!같)이요|입니다|이에요|예요|요|이면 ?(?:돼요|됩니다|되고)?|면 ?되고|좀|정가로)$/;

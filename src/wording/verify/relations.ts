import { type Anchors, DENIES, deedsEn, deedsKo, stemsOf, tokensOf } from "./anchors.ts";
import { conditionObjections } from "./conditions.ts";
import { GLUE_EN } from "./glue-words-en.ts";
import { GLUE_KO } from "./glue-words-ko.ts";
import { clausesOf, HEAVY, heavyIn } from "./heavy-words.ts";
import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

/** True words put together to something untrue: deeds nobody did, a no made of a yes, one thing hung on another. */
export function relationObjections(text: string, support: Support): Objection[] {
  return [
    ...deedObjections(text, support),
    ...denialObjections(text, support),
    ...conditionObjections(text, support),
  ];
}

function deedObjections(text: string, { lang, anchors }: Support): Objection[] {
  const deeds = lang === "ko" ? deedsKo(text) : deedsEn(text);
  return deeds.flatMap(({ words, stems }) => {
    const others = THIRD.test(words);
    if (stems.some((stem) => anchors.done.has(stem) || (!others && mayBeDone(stem, lang, anchors))))
      return [];
    return [
      {
        kind: "commitment" as const,
        words,
        say: `"${words}" was not done in this turn: do not say that it was.`,
      },
    ];
  });
}

/** Somebody else's deeds are never this turn's own. */
const THIRD = /^(?:shop|team|someone|somebody|colleague|manager|person)\b/i;

function mayBeDone(stem: string, lang: Support["lang"], { flags }: Anchors): boolean {
  return DONE[lang].some(([flag, stems]) => (flag === "" || flags.has(flag)) && stems.has(stem));
}

/** What was done by the very turn that says so. */
const DONE: Readonly<Record<Support["lang"], readonly (readonly [string, ReadonlySet<string>])[]>> = {
  en: table([
    [
      "",
      "called found mentioned asked said meant understood heard got told seen wanted named come made needed",
    ],
    [
      "#offer",
      "included added priced put taken made offered proposed brought worked prepared suggested counted chosen picked",
    ],
    ["#lower", "lowered reduced taken brought come gone given dropped cut"],
    ["#discount", "applied taken reduced lowered deducted counted"],
    [
      "#offer",
      "changed updated added removed switched set adjusted left kept taken put moved swapped raised extended",
    ],
    ["#readback", "noted received given changed updated added put filled"],
    ["#details", "given received noted chosen kept set"],
    ["#results", "found listed sorted picked chosen narrowed matched"],
    ["#compare", "put set compared listed"],
    ["#cited", "stated written listed said given wrote"],
    ["#unknown", "looked searched found stated listed given"],
    ["#handoff", "noted passed told left asked recorded"],
    ["#placed", "placed received passed"],
    ["#withdrawn", "withdrawn dropped taken set removed"],
  ]),
  ko: table([
    ["", "찾 알 말씀하 이해하 듣 들 감사하 원하 궁금하 여쭈 있 없 않 주 하 문의하 말하 물 기다리"],
    [
      "#offer",
      "준비하 준비 마련하 마련 정리하 정리 계산하 포함하 포함되 포함 적용되 적용하 적용 반영되 반영하 반영 더하 합하 담 잡 더해지 맞추 나오",
    ],
    ["#lower", "낮추 조정하 내리 빼 깎 낮아지 빠지 맞추"],
    ["#discount", "할인하 할인되 할인 적용하 적용되 적용 빼 빠지 반영하 반영되"],
    [
      "#offer",
      "바꾸 변경하 변경 맞추 빼 넣 추가하 추가 담 줄이 늘리 조정하 조정 바뀌 수정하 수정 정하 올리 두 남기 돌리 돌려놓 늘어나 줄어들 달라지 되",
    ],
    ["#readback", "적 넣 받 확인하 확인 정리하 정리 바꾸 바뀌 변경하 반영하 입력하"],
    ["#details", "적 받 확인하 확인 넣 정하 고르 선택하"],
    ["#results", "찾 고르 모으 골라 정리하 보 추리 찾아보"],
    ["#compare", "놓 정리하 비교하 모으 보 나란히"],
    ["#cited", "적 적히 쓰 쓰이 나오 남기 말하 주"],
    ["#unknown", "찾 확인하 찾아보 못하"],
    ["#handoff", "남기 전하 전달하 기록하 적"],
    ["#placed", "접수되 접수하 접수 들어가"],
    ["#withdrawn", "거두 없애 접 취소하 정리하 없던"],
  ]),
};

/** A no where the support says yes, and a yes where it says no. */
function denialObjections(text: string, support: Support): Objection[] {
  return clausesOf(text).flatMap((clause) => {
    const key = `clause ${clause}`;
    const found = support.found.get(key) ?? denialIn(clause, support);
    support.found.set(key, found);
    return found;
  });
}

function denialIn(clause: string, { lang, anchors }: Support): readonly Objection[] {
  const { clauses, flags } = anchors;
  const content = contentOf(clause, lang, anchors);
  const object = (say: string) => [{ kind: "promise" as const, words: clause.trim().slice(0, 80), say }];
  if (DENIES[lang].test(clause.replace(HARMLESS_NO[lang], " "))) {
    const about = heavyIn(clause, lang);
    const asked = about.every((id) => HEAVY[lang].get(id)?.some((word) => anchors.theirs.has(word)));
    const refuses = REFUSING.some((flag) => flags.has(flag));
    if (refuses && asked && REFUSAL[lang].test(clause)) return [];
    const backed = clauses.some(
      ({ denies: no, stems }) => no && (BARE_NO.test(clause) || content.some((stem) => stems.has(stem))),
    );
    return backed ? [] : object("Nothing in the house words denies that: do not deny it.");
  }
  const factual = FACTUAL.some((flag) => flags.has(flag));
  const wrong =
    factual &&
    content.some((stem) => {
      const holding = clauses.filter(({ stems }) => stems.has(stem));
      return holding.length > 0 && holding.every(({ denies: no, mixed }) => no && !mixed);
    });
  return wrong && !POSSIBLE[lang].test(clause) ? object("The house words deny that: do not affirm it.") : [];
}

const FACTUAL = ["#cited", "#compare", "#handoff", "#approval"];
const REFUSING = ["#refuses", "#unknown", "#last", "#handoff", "#choice", "#withdrawn"];
const REFUSAL = {
  en: /can't|cannot|couldn't|unable|not able|not possible|don't (?:have|know|see|carry)|doesn't|couldn't|isn't|aren't|not something|won't|didn't|no (?:longer|lower|better|further)/i,
  ko: /어렵|어려|없|못|않|안 /,
} as const;
const BARE_NO = /^\s*(?:no|아니요|아뇨)\s*$/i;
/** Denials that claim nothing. */
const HARMLESS_NO = {
  en: /\b(?:won't place (?:it|that|the order)|no (?:problem|worries|rush|hurry)|not (?:at all|sure|quite)|if not|why not|don't (?:hesitate|worry)|do not hesitate|whether or not|or not)\b/gi,
  ko: /아니(?:면|라|에요|요)|(?:비|료|값)(?:가|는|은|이|도)? ?없|않을게|뿐만 아니라|없이|(?:다름|문제|걱정).{0,3}없|없으시/g,
} as const;
/** "Nothing is binding until it is approved": what may come is not affirmed. */
const POSSIBLE = {
  en: /\b(?:until|whether|before|once|if|when|as soon as|should|first|instead|without)\b|\?/i,
  ko: /전|면|까지|대로|어렵|어려|대신|나요|까요|\?/,
} as const;

function contentOf(clause: string, lang: Support["lang"], { claimed }: Anchors): string[] {
  const glue = lang === "ko" ? GLUE_KO : GLUE_EN;
  return tokensOf(clause.toLowerCase())
    .flatMap(stemsOf)
    .filter((stem) => stem.length > 1 && !glue.has(stem) && !COMMON.has(stem) && claimed.has(stem));
}

const COMMON: ReadonlySet<string> = new Set(
  "low lower go each 맞추 order offer price total each can possible no not 주문 제안 가격 합계 가능 없 않 못 못하".split(
    " ",
  ),
);

function table(
  rows: readonly (readonly [string, string])[],
): readonly (readonly [string, ReadonlySet<string>])[] {
  return rows.map(([flag, stems]) => [flag, new Set(stems.split(" "))] as const);
}

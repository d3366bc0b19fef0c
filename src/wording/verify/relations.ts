import { type Anchors, CLAUSE, DENIES, deedsEn, deedsKo, stemsOf, tokensOf } from "./anchors.ts";
import { figuresIn } from "./figures.ts";
import { GLUE_EN } from "./glue-words-en.ts";
import { GLUE_KO } from "./glue-words-ko.ts";
import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

/** True words put together to something untrue: deeds nobody did, a no made of a yes, one thing hung on another. */
export function relationObjections(text: string, support: Support): Objection[] {
  return [
    ...deedObjections(text, support),
    ...denialObjections(text, support),
    ...conditionObjections(text, support),
    ...inclusionObjections(text, support),
  ];
}

function deedObjections(text: string, { lang, anchors }: Support): Objection[] {
  const deeds = lang === "ko" ? deedsKo(text) : deedsEn(text);
  return deeds.flatMap(({ words, stems }) => {
    if (stems.some((stem) => anchors.done.has(stem) || mayBeDone(stem, lang, anchors))) return [];
    return [
      {
        kind: "commitment" as const,
        words,
        say: `"${words}" was not done in this turn: do not say that it was.`,
      },
    ];
  });
}

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
function denialObjections(text: string, { lang, anchors }: Support): Objection[] {
  const out: Objection[] = [];
  const { clauses, flags } = anchors;
  const refuses = REFUSING.some((flag) => flags.has(flag));
  for (const clause of clausesOf(text)) {
    const content = contentOf(clause, lang, anchors);
    const denies = DENIES[lang].test(clause.replace(HARMLESS_NO[lang], " "));
    const object = (say: string) => out.push({ kind: "promise", words: clause.trim().slice(0, 80), say });
    if (denies) {
      if (refuses && REFUSAL[lang].test(clause)) continue;
      const backed = clauses.some(
        ({ denies: no, stems }) => no && (content.length === 0 || content.some((stem) => stems.has(stem))),
      );
      if (!backed) object("Nothing in the house words denies that: do not deny it.");
      continue;
    }
    const factual = flags.has("#cited") || flags.has("#compare");
    const wrong =
      factual &&
      content.some((stem) => {
        const holding = clauses.filter(({ stems }) => stems.has(stem));
        return holding.length > 0 && holding.every(({ denies: no, mixed }) => no && !mixed);
      });
    if (wrong && !POSSIBLE[lang].test(clause)) object("The house words deny that: do not affirm it.");
  }
  return out;
}

const REFUSING = ["#refuses", "#unknown", "#last", "#handoff", "#choice", "#withdrawn", "#lower"];
const REFUSAL = {
  en: /can't|cannot|couldn't|unable|not able|not possible|don't (?:have|know|see|carry)|doesn't|couldn't|isn't|aren't|not something|won't|didn't|no (?:longer|lower|better|further)/i,
  ko: /어렵|어려|없|못|않|안 /,
} as const;
/** Denials that claim nothing. */
const HARMLESS_NO = {
  en: /\b(?:no (?:problem|worries|rush|hurry)|not (?:at all|sure|quite)|if not|why not|don't (?:hesitate|worry)|do not hesitate|whether or not|or not)\b/gi,
  ko: /아니(?:면|라|에요|요)|없이|뿐만 아니라|(?:다름|문제|걱정).{0,3}없|없으시/g,
} as const;
/** "Nothing is binding until it is approved": what may come is not affirmed. */
const POSSIBLE = {
  en: /\b(?:until|whether|before|once|if|when|as soon as|should|first|instead|without)\b|\?/i,
  ko: /전|면|까지|대로|어렵|어려|대신|나요|까요|\?/,
} as const;

/** Times and conditions: what is hung on what must hang together in the support too. */
function conditionObjections(text: string, { lang, anchors }: Support): Objection[] {
  const out: Objection[] = [];
  for (const clause of clausesOf(text)) {
    const match = HANGS[lang].exec(clause);
    if (!match) continue;
    const inner = match[1] ?? "";
    const outer = clause.replace(inner, " ");
    const [a, b] = [heavyIn(outer, lang), heavyIn(inner, lang)];
    const loose = a.some((first) =>
      b.some(
        (second) =>
          first !== second &&
          !anchors.clauses.some(
            ({ stems }) =>
              HEAVY[lang].get(first)?.some((w) => stems.has(w)) &&
              HEAVY[lang].get(second)?.some((w) => stems.has(w)),
          ),
      ),
    );
    if (loose)
      out.push({
        kind: "promise",
        words: clause.trim().slice(0, 80),
        say: "The house words do not make the one depend on the other: say each by itself.",
      });
  }
  return out;
}

const HANGS = {
  en: /\b(?:when|after|before|once|upon|until|unless|if|while|on(?= (?:delivery|arrival|receipt))) ([^,]{1,60})/i,
  ko: /(?:^|\s)((?:[^\s]+ ){0,2}[^\s]*(?:후|뒤|전|때))(?=[\s에은는,]|$)/,
} as const;

function heavyIn(text: string, lang: Support["lang"]): string[] {
  const stems = new Set(tokensOf(text.toLowerCase()).flatMap(stemsOf));
  return [...HEAVY[lang]].filter(([, words]) => words.some((word) => stems.has(word))).map(([id]) => id);
}

const HEAVY = {
  en: words([
    ["delivery", "deliver delivery ship shipping arrive arrival shipment"],
    ["pay", "pay payment payable bill invoice charge"],
    ["returns", "return returns"],
    ["warranty", "warranty"],
    ["tax", "tax"],
    ["cancel", "cancel cancellation"],
  ]),
  ko: words([
    ["delivery", "배송 도착 도착하 발송 택배 수령 받"],
    ["pay", "결제 지불 내 청구"],
    ["returns", "반품"],
    ["warranty", "보증"],
    ["cancel", "취소"],
  ]),
} as const;

/** Tax that comes on top is in the total, and in no other price. */
function inclusionObjections(text: string, { lang, taxIn, totals }: Support): Objection[] {
  if (taxIn) return [];
  return (text.match(/[^\n!?.]+(?:\.\d[^\n!?.]*)*/g) ?? [])
    .filter((sentence) => TAX_IN[lang].test(sentence) && !TOTAL[lang].test(sentence))
    .filter((sentence) => !figuresIn(sentence).figures.some(({ key }) => totals.has(key)))
    .map((sentence) => ({
      kind: "promise",
      words: sentence.trim().slice(0, 80),
      say: "Tax is not in that price: say it only of the all-in total.",
    }));
}

const TAX_IN = {
  en: /\b(?:tax|vat)\b[^.]{0,20}\binclu|\binclu\w*[^.]{0,24}\b(?:tax|vat)\b|(?:tax|vat) (?:is|are) (?:covered|paid|taken)/i,
  ko: /(?:세금|부가세|판매세)[^.]{0,12}포함/,
} as const;
const TOTAL = { en: /total|all[- ]in|altogether|in all|comes? to/i, ko: /합계|총|모두/ } as const;

function contentOf(clause: string, lang: Support["lang"], { clauses }: Anchors): string[] {
  const glue = lang === "ko" ? GLUE_KO : GLUE_EN;
  return tokensOf(clause.toLowerCase())
    .flatMap(stemsOf)
    .filter(
      (stem) =>
        stem.length > 1 &&
        !glue.has(stem) &&
        !COMMON.has(stem) &&
        clauses.some(({ stems }) => stems.has(stem)),
    );
}

const COMMON: ReadonlySet<string> = new Set(
  "low lower go each 맞추 order offer price total each can possible no not 주문 제안 가격 합계 가능 없 않 못 못하".split(
    " ",
  ),
);

function clausesOf(text: string): string[] {
  return text.split(CLAUSE).filter((clause) => clause.trim() !== "");
}

function table(
  rows: readonly (readonly [string, string])[],
): readonly (readonly [string, ReadonlySet<string>])[] {
  return rows.map(([flag, stems]) => [flag, new Set(stems.split(" "))] as const);
}

function words(rows: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  return new Map(rows.map(([id, list]) => [id, list.split(" ")]));
}

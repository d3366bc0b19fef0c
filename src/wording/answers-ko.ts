import { withParticle } from "./particle.ts";
import { koreanCount } from "./spoken-ko.ts";
import type { AnswerTemplates } from "./templates.ts";
import { KO_VERDICTS } from "./verdicts-ko.ts";

export const KO_ANSWERS: AnswerTemplates = {
  spec: (subject, _key, label, value) =>
    `${subject === null ? "" : `${subject}의 `}${withParticle(label, "은/는")} ${withParticle(value, "이에요/예요")}.`,
  flag: (subject, label, value) =>
    `${subject === null ? "" : `${subject}의 `}${label} 항목에는 ${value ? "예" : "아니요"}라고 나와 있어요.`,
  list: (subject) => (subject === null ? "이렇게 안내해 드려요." : `${subject}의 정보예요.`),
  price: (subject, amount) => `${topic(subject)} ${withParticle(amount, "이에요/예요")}.`,
  stock: (subject, units, count) =>
    units === 0 ? `${topic(subject)} 지금 품절이에요.` : `${topic(subject)} 재고가 ${count} 있어요.`,
  term: (label, value) => `${withParticle(label, "은/는")} ${withParticle(value, "이에요/예요")}.`,
  terms: {
    free: "무료",
    noCharge: "추가 요금 없음",
    share: (percent) => `상품 금액의 ${percent}`,
    off: (percent) => `${percent} 할인`,
    freeFrom: (amount) => `상품 ${amount} 이상 무료`,
  },
  title: (name) => `${withParticle(name, "이에요/예요")}.`,
  described: (quote) => `상품 설명에는 이렇게 나와 있어요: ${quote}`,
  policy: (quote) => `저희 정책에는 이렇게 나와 있어요: ${quote}`,
  faq: (quote) => `자주 묻는 질문에는 이렇게 나와 있어요: ${quote}`,
  answer: (quote, byVendor) =>
    byVendor ? `저희가 전에 이렇게 답해 드렸어요: ${quote}` : `다른 고객이 이렇게 답했어요: ${quote}`,
  review: (quote, nth, { stars, date, foreign }) => {
    const parts = [
      `${nth === 0 ? "한" : "다른"} 고객이`,
      date === null ? "" : `${date}에`,
      stars === null ? "" : `별점 ${stars}점을 주고`,
      foreign ? "영어로" : "",
      "이렇게 썼어요:",
      quote,
    ];
    return parts.filter((part) => part !== "").join(" ");
  },
  otherwise: (who, quote, nth, foreign) => {
    const said = {
      description: "다만 상품 설명에는 다르게 나와 있어요.",
      vendor: "다만 저희가 전에 다르게 답해 드린 적이 있어요.",
      customer: `${nth === 0 ? "다만 한" : "또 다른"} 고객은 다르게 말했어요.`,
    }[who];
    if (quote === null) return said;
    const told = foreign ? said.replace("다르게", "영어로 다르게") : said;
    return `${told.slice(0, -1)}: ${quote}`;
  },
  counts: "저희가 표기한 값이 기준이고, 차이는 담당자에게 남겨 두었어요.",
  foreignOnly: "그 내용은 영어로만 쓰여 있어요.",
  notKnown: (subject, topic) => {
    const about = subject === null ? "" : `${subject}에 대한 `;
    const asked = topic === null ? "그 내용이" : `${topic} 질문의 답이`;
    return `${about}저희 매장 정보에는 ${asked} 없어서 질문을 기록해 두었어요.`;
  },
  instead: (email) =>
    email === null ? "상담원에게 물어보셔도 돼요." : `${email} 주소로 문의하시거나 상담원을 찾으셔도 돼요.`,
  stars: (mean) => `5점 만점에 ${mean}점`,
  date: (iso) => `${iso.slice(0, 4)}년 ${Number(iso.slice(5, 7))}월 ${Number(iso.slice(8, 10))}일`,
  ratings: {
    none: (subject) => `아직 ${subject === null ? "" : `${subject}에 대한 `}후기가 없어요.`,
    mean: (subject, reviews, mean) =>
      `${subject === null ? "" : `${subject}의 `}후기는 ${reviews}${mean === null ? "예요" : `이고, 평균 별점은 5점 만점에 ${mean}점이에요`}.`,
    spread: (high, low) => {
      if (low === null) return "3점 이하를 준 후기는 없어요.";
      if (high === null) return "4점 이상을 준 후기는 없어요.";
      return `그중 4점 이상은 ${high}, 3점 이하는 ${withParticle(low, "이에요/예요")}.`;
    },
    newest: (subject, date) =>
      `${subject === null ? "" : `${subject}의 `}가장 최근 후기는 ${date}에 올라왔어요.`,
    stars: (stars, given, reviews) =>
      `후기 ${reviews} 중에 ${stars}점을 준 후기는 ${given === null ? "없어요" : withParticle(given, "이에요/예요")}.`,
    reviews: (n, spoken) => (spoken ? koreanCount(n, "개") : `${n}개`),
  },
  verdicts: KO_VERDICTS,
  value: (text, unit) => `${text}${WRITTEN_UNITS[unit] ?? unit}`,
  spokenValue: (words, unit) => (unit === "" ? words : `${words} ${SPOKEN_UNITS[unit] ?? unit}`),
  spokenRange: (from, till, unit) => {
    const name = SPOKEN_UNITS[unit] ?? unit;
    return `${`${from} ${name}`.trim()}에서 ${`${till} ${name}`.trim()}`;
  },
  yes: "예",
  no: "아니요",
};

const WRITTEN_UNITS: Readonly<Record<string, string>> = {
  in: "인치",
  h: "시간",
  min: "분",
  s: "초",
  day: "일",
  month: "개월",
  year: "년",
  page: "매",
  sheet: "매",
  "page/min": "매/분",
  m2: "㎡",
  "m3/h": "㎥/h",
  deg: "도",
  "cd/m2": "니트",
};

const SPOKEN_UNITS: Readonly<Record<string, string>> = {
  ...WRITTEN_UNITS,
  "page/min": "매 매분",
  m2: "제곱미터",
  "m3/h": "세제곱미터 매시",
  cm: "센티미터",
  mm: "밀리미터",
  m: "미터",
  g: "그램",
  kg: "킬로그램",
  MB: "메가바이트",
  GB: "기가바이트",
  TB: "테라바이트",
  W: "와트",
  V: "볼트",
  mAh: "밀리암페어시",
  Wh: "와트시",
  ms: "밀리초",
  ml: "밀리리터",
  l: "리터",
  L: "리터",
  Hz: "헤르츠",
  kHz: "킬로헤르츠",
  MHz: "메가헤르츠",
  GHz: "기가헤르츠",
  dB: "데시벨",
  "%": "퍼센트",
  "°C": "도",
};

function topic(subject: string | null): string {
  return withParticle(subject ?? "이 상품", "은/는");
}

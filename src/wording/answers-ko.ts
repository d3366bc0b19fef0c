import { withParticle } from "./particle.ts";
import type { AnswerTemplates } from "./templates.ts";

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
  described: (quote) => `상품 설명에는 이렇게 나와 있어요. ${quote}`,
  policy: (quote) => `저희 정책에는 이렇게 나와 있어요. ${quote}`,
  faq: (quote) => `자주 묻는 질문에는 이렇게 나와 있어요. ${quote}`,
  answer: (quote, byVendor) =>
    byVendor ? `저희가 전에 이렇게 답해 드렸어요. ${quote}` : `다른 고객이 이렇게 답했어요. ${quote}`,
  review: (quote, nth, stars) =>
    `${nth === 0 ? "한" : "다른"} 고객이 ${stars === null ? "" : `별점 ${stars}점을 주고 `}이렇게 썼어요. ${quote}`,
  notKnown: (subject, topic) => {
    const about = subject === null ? "" : `${subject}에 대한 `;
    const asked = topic === null ? "그 내용이" : `${topic} 질문의 답이`;
    return `${about}저희 매장 정보에는 ${asked} 없어서 질문을 기록해 두었어요.`;
  },
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

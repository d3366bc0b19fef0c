import type { OrderStatus } from "../domain/order.ts";
import { withParticle } from "./particle.ts";
import type { WrittenTemplates } from "./templates.ts";

export const KO_WRITTEN: WrittenTemplates = {
  line: (title, quantity, unit, list) =>
    `${title} ${quantity}개: ${quantity === "1" ? "" : "개당 "}${unit}${list === null ? "" : ` (정가 ${list})`}`,
  gift: (title, quantity) => `${title} ${quantity}개: 무료 사은품`,
  discounts: (parts) => `할인: ${parts.join(", ")}`,
  discount: (kind, id, amount) => `${kind === "code" ? `코드 ${id}` : DISCOUNTS[kind]} −${amount}`,
  delivery: (label, min, max, fee) => `배송: ${label ? `${label}, ` : ""}${delivered(min, max)}, ${fee}`,
  warranty: (months, fee) => (months === 0 ? "보증: 없음" : `보증: ${months}개월, ${fee}`),
  payment: (days, fee) =>
    `결제: ${days === 0 ? "주문할 때" : `배송 후 ${days}일 이내`}${fee ? `, ${fee}` : ""}`,
  returns: (days, fee) => (days === 0 ? "반품: 불가" : `반품: ${days}일 이내${fee ? `, ${fee}` : ""}`),
  subscription: (months, times) =>
    `정기 구매: ${months === 1 ? "매월" : `${months}개월마다`}, 최소 ${times}회`,
  fee: (amount, list) => `${amount ?? "무료"}${list === null ? "" : ` (원래 ${list})`}`,
  included: "포함",
  tax: (treatment, name, rate, amount) =>
    treatment === "exempt"
      ? `${TAXES[name] ?? name}: 없음`
      : `${TAXES[name] ?? name}(${rate}%): ${amount}, ${treatment === "included" ? "가격에 포함" : "별도 추가"}`,
  total: (amount) => `합계(모두 포함): ${amount}`,
  expires: (month, day, time, local) =>
    `유효 기한: ${month}월 ${day}일 ${time}(${local ? "한국 시간" : "협정 세계시"})`,
  shipTo: (place) => `배송지: ${place}`,
  billTo: (payer) => `결제하는 분: ${payer}`,
  reference: (purchaseOrder) => `발주 번호: ${purchaseOrder}`,
  markets: (places) => `배송 가능한 지역은 ${places.join(", ")}이에요.`,
  otherMarket: (place, currency) =>
    `${withParticle(place, "으로/로")} 보내는 주문은 ${currency}로 결제하시니, 그 통화로 대화를 새로 시작해 주세요.`,
  results: "이런 상품이 있어요.",
  comparison: "나란히 비교해 드려요.",
  price: "가격",
  rating: "평점",
  stockRow: "재고",
  stock: (units) => (units === 0 ? "품절" : units <= 5 ? `${units}개 남음` : "재고 있음"),
  order: (id, total, subscription) =>
    `감사해요! ${subscription ? "정기 구매" : "주문"} ${id} 건이 접수되었어요. 합계는 모두 포함해서 ${total}이에요.`,
  pending: (id, total) => `감사해요! 주문 ${id} 건(${total})은 담당자의 승인을 기다리고 있어요.`,
  cancelled: (id) => `주문 ${id} 건이 취소되었어요.`,
  status: (id, status, total) => `주문 ${id}(${total}): ${STATUS[status]}`,
  next: "이제 매장에서 확인하고, 확인되는 대로 여기서 알려 드릴게요.",
  pendingNext: "승인 전에는 확정되지 않으며, 그동안 계속 말씀하셔도 돼요.",
  notUnderstood: (phrase) => `${phrase} 부분을 알아듣지 못했어요.`,
  soughtFor: (phrase) => `${withParticle(phrase, "으로/로")} 찾아보았어요.`,
  heard: (phrase) => `${phrase}라고 말씀하셨어요.`,
  concerns: (names, said) => `${names.join(", ")}: ${said}`,
  taken: (number, label) =>
    `${number === null ? "네, " : `${number}번, `}${withParticle(label, "으로/로")} 진행할게요.`,
  choices: "이런 것들이 있어요.",
  contact: (email, hours) => `담당자에게는 ${email} 주소로 문의하실 수 있어요. 상담 시간: ${hours}.`,
  sells: (kinds) => `저희 매장에는 이런 상품이 있어요: ${kinds}.`,
  canAsk: "찾으시는 상품, 가격, 배송, 반품을 물어보시거나 원하시는 가격을 말씀하시면 돼요.",
  help: [
    '상품 찾기: "출장용으로 가벼운 노트북 보여 주세요"',
    '질문하기: "첫 번째 것은 얼마나 무거워요?"',
    '비교하기: "첫 번째하고 두 번째를 비교해 주세요"',
    '흥정하기: "두 개 사면 더 싸게 되나요?"',
    '주문하기: "그걸로 할게요"',
    '상담원 찾기: "상담원과 이야기하고 싶어요"',
  ],
};

const DISCOUNTS = { tier: "수량 할인", bundle: "묶음 할인", subscription: "정기 구매 할인" } as const;

/** What the usual taxes are called; a vendor names its taxes in one language only. */
const TAXES: Readonly<Record<string, string>> = { VAT: "부가세", "Sales tax": "판매세", GST: "부가세" };

const STATUS: Readonly<Record<OrderStatus, string>> = {
  approval_pending: "담당자의 승인을 기다리고 있어요",
  declined: "승인되지 않았어요",
  pending: "접수되어 매장의 확인을 기다리고 있어요",
  accepted: "매장에서 확인했어요",
  executed: "처리가 끝났어요",
  rejected: "매장에서 받지 못했어요",
  cancelled: "취소되었어요",
  expired: "제때 확인되지 않아 만료되었어요",
};

function delivered(min: number, max: number): string {
  if (max === 0) return "당일";
  return min === max ? `${max}일` : `${min}~${max}일`;
}

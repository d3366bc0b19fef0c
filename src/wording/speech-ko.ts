import type { OrderStatus } from "../domain/order.ts";
import { withParticle } from "./particle.ts";
import { koreanCount, koreanDays, koreanNumber } from "./spoken-ko.ts";
import type { SpokenTemplates } from "./templates.ts";

export const KO_SPOKEN: SpokenTemplates = {
  thing: "이 상품",
  item: (title, quantity) => `${title} ${koreanCount(quantity, "개")}`,
  more: (items, others) => `${items} 외 ${koreanCount(others, "가지")}`,
  delivery: (min, max) => `배송 ${koreanDays(min, max)}`,
  warranty: (months) => (months === 0 ? "보증 없음" : `보증 ${koreanNumber(months)} 개월`),
  units: (n) => koreanCount(n, "개"),
  payment: (days) => (days === 0 ? "주문할 때 결제" : `배송 후 ${koreanNumber(days)} 일 안에 결제`),
  returns: (days) => (days === 0 ? "반품 불가" : `반품 ${koreanNumber(days)} 일`),
  subscription: (months) => (months === 1 ? "매월 정기 구매" : `${koreanNumber(months)} 개월마다 정기 구매`),
  single: "한 번 구매",
  offer: (items, extras, total) => `${[items, ...extras].join(", ")}, 모두 합해 ${total}에 어떠세요?`,
  stated: (items, extras, total) => `${[items, ...extras].join(", ")}, 모두 합해 ${is(total)}.`,
  final: (items, extras, total) =>
    `마지막 제안은 ${[items, ...extras].join(", ")}, 모두 합해 ${is(total)}. 이대로 하시겠어요?`,
  packages: (options) =>
    options.map(({ what, total }, i) => `${ORDINALS[i]}${what ? ` ${what}` : ""}, ${is(total)}.`).join(" "),
  readback: (items, extras, total) => `${[items, ...extras].join(", ")}, 모두 합해 ${is(total)}.`,
  results: (titles, from, near) =>
    `${near ? "꼭 맞지는 않지만 대안은 " : ""}${titles.join(", ")}, 가격은 ${titles.length > 1 ? `${from}부터예요` : is(from)}.`,
  comparison: (products) =>
    `${products.map(({ title, price }, i) => `${withParticle(title, "은/는")} ${i === products.length - 1 ? is(price) : price}`).join(", ")}.`,
  choices: (titles) => `${titles.join(", ")} 중에서 어느 것을 말씀하시나요?`,
  order: (total) => `감사해요, 주문이 접수되었고 합계는 ${is(total)}.`,
  pending: (total) => `감사해요, 담당자가 주문을 확인할 거고 합계는 ${is(total)}.`,
  status: (status, total, latest) => `${latest ? "최근 " : ""}주문은 ${STATUS[status]} 합계는 ${is(total)}.`,
  cancelled: "주문이 취소되었어요.",
  sells: (kinds, more) => `저희 매장에는 ${kinds}${more ? " 등" : ""}의 상품이 있어요.`,
  help: "상품을 찾고, 묻고, 비교하고, 가격을 흥정해서 주문하실 수 있어요.",
  handoff: "상담원을 찾으신다고 남겨 두었어요. 그동안 저와 이야기하셔도 돼요.",
  symbols: { percent: "퍼센트", and: "그리고", plus: "플러스", inch: "인치", by: "곱하기" },
};

const ORDINALS = ["첫째", "둘째", "셋째"];

const STATUS: Readonly<Record<OrderStatus, string>> = {
  approval_pending: "담당자의 승인을 기다리고 있고",
  declined: "승인되지 않았고",
  pending: "접수되어 확인을 기다리고 있고",
  accepted: "확인되었고",
  executed: "처리가 끝났고",
  rejected: "매장에서 받지 못했고",
  cancelled: "취소되었고",
  expired: "제때 확인되지 않아 만료되었고",
};

function is(amount: string): string {
  return withParticle(amount, "이에요/예요");
}

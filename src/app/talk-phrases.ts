import type { OrderStatus } from "../domain/order.ts";
import type { Lang } from "../domain/text.ts";

interface Phrases {
  readonly help: string;
  readonly waiting: string;
  readonly restored: string;
  readonly noOffers: string;
  readonly noSuchOffer: string;
  readonly badHash: string;
  readonly details: string;
  verified(id: string): string;
  order(id: string, status: OrderStatus, note: string): string;
}

/** What the terminal itself says, beside what the vendor says. */
export const PHRASES: Readonly<Record<Lang, Phrases>> = {
  en: {
    help: "Write what you want. /offers shows the offers again, /accept 1 takes one, /quit leaves.",
    waiting: "The connection was lost; trying again.",
    restored: "The vendor's history was restored from a backup; this is what it holds now.",
    noOffers: "There are no open offers.",
    noSuchOffer: "There is no such offer; /offers shows them with their numbers.",
    badHash: "The hash of this offer is not that of its content: do not take it.",
    details:
      "Say the name and full address to deliver to, and the name and email of who pays; then /accept again.",
    verified: (id) => `Order ${id} is signed by the vendor; the signature was verified.`,
    order: (id, status, note) => `Order ${id} is now ${status}${note ? `: ${note}` : ""}.`,
  },
  ko: {
    help: "원하시는 것을 말씀하세요. /offers 제안 다시 보기, /accept 1 제안 수락, /quit 나가기.",
    waiting: "연결이 끊겨 다시 연결하고 있습니다.",
    restored: "판매자의 기록이 백업에서 복구되었습니다. 지금 남아 있는 내용은 다음과 같습니다.",
    noOffers: "지금 수락하실 수 있는 제안이 없습니다.",
    noSuchOffer: "그런 번호의 제안은 없습니다. /offers로 번호를 확인해 주세요.",
    badHash: "이 제안은 내용과 해시가 맞지 않으니 수락하지 마세요.",
    details: "받으실 분 성함과 전체 주소, 결제하실 분 성함과 이메일을 말씀하신 뒤 다시 /accept 해 주세요.",
    verified: (id) => `주문 ${id}: 판매자의 서명을 확인했습니다.`,
    order: (id, status, note) => `주문 ${id}: ${STATUS_KO[status]}${note ? ` (${note})` : ""}`,
  },
};

const STATUS_KO: Readonly<Record<OrderStatus, string>> = {
  approval_pending: "승인을 기다리고 있습니다",
  declined: "승인되지 않았습니다",
  pending: "접수되었습니다",
  accepted: "판매자가 확인했습니다",
  executed: "처리가 끝났습니다",
  rejected: "판매자가 거절했습니다",
  cancelled: "취소되었습니다",
  expired: "제때 확인되지 않아 만료되었습니다",
};

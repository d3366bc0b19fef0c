/**
 * Words that may stand for one another once one of them, or what it is about, is in this turn's support. `from` are
 * words of the support and flags of the move that bring a concept in; `en` and `ko` is what may then be said.
 */
export interface Concept {
  readonly id: string;
  readonly from: string;
  readonly en: string;
  readonly ko: string;
}

export const CONCEPTS: readonly Concept[] = [
  {
    id: "delivery",
    from: "deliver delivery shipping 배송 수령",
    en: "deliver delivers delivered delivery deliveries ship ships shipping arrive arrives arrival reach reaches send sending transit takes take bring standard address fee fees within",
    ko: "배송 배송비 도착 받 보내 발송 택배 걸리 일반 수령 배송지",
  },
  {
    id: "money",
    from: "#amount",
    en: "price prices priced cost costs costing amount amounts figure sum pay paying come comes dollars won work works out unit now list",
    ko: "가격 금액 값 비용 원 얼마 나오 내 지불 하 계산되 해당하 값 단가",
  },
  {
    id: "total",
    from: "total all-in 합계",
    en: "total totals totalling totaling altogether overall sum everything included inclusive including pay",
    ko: "합계 총 총액 전체 모두 전부 합 합치 포함 포함하 더하 다 최종 합하 결제 금액",
  },
  {
    id: "each",
    from: "each unit 개당 #offer",
    en: "each apiece per piece unit units one",
    ko: "개당 단가 하나 씩 개 대 각 각각 한",
  },
  {
    id: "pay",
    from: "pay payment payable 결제",
    en: "pay pays paying payment payments payable due",
    ko: "결제 결제하 지불 내 지불하 결제되",
  },
  { id: "tax", from: "tax vat 부가세 판매세", en: "tax taxes vat sales", ko: "부가세 세금 판매세 세" },
  {
    id: "returns",
    from: "return returns 반품",
    en: "return returns returned returning returnable window within goods",
    ko: "반품 반품하 반품되 가능 기간",
  },
  {
    id: "warranty",
    from: "warranty 보증",
    en: "warranty warranties",
    ko: "보증 보증하 기간",
  },
  {
    id: "include",
    from: "included included, added include 포함",
    en: "include includes including included added adds comes add",
    ko: "포함 포함되 포함하 더하 추가 추가되 들어가 들어 들어있 붙 별도",
  },
  {
    id: "discount",
    from: "discount discounts off 할인 #discount",
    en: "discount discounts off less save saves saving applied applies taken take reduced minus already",
    ko: "할인 할인하 할인되 빼 빠지 적용 적용하 적용되 반영 반영하 반영되 깎",
  },
  {
    id: "lower",
    from: "#lower",
    en: "lower lowered down low reduce reduced instead off drop closer further little bit now offer price try move moves step part way meet come closest",
    ko: "낮추 낮 내리 대신 조금 더 조정하 조정 차이 거의 미치 없애 가격 정가 할인 맞추 인하 좀 낮아지 정도 여기 이만큼",
  },
  {
    id: "stock",
    from: "stock 재고 available",
    en: "stock available availability carry have",
    ko: "재고 준비되 가능 보유 있 남",
  },
  {
    id: "order",
    from: "order ordered place 주문 #offer",
    en: "order orders ordering place placing purchase buy buying",
    ko: "주문 주문하 주문서 구매 구매하 사 진행 진행하",
  },
  {
    id: "offer",
    from: "#offer offer 제안",
    en: "offer offers offering offered proposal quote package option options choose pick deal set terms prepared put together stay stays stand stands still mine case whole lot rest remaining step way counts",
    ko: "제안 제안하 견적 조건 패키지 옵션 선택 선택하 고르 준비 준비하 드리 가능 정리 정리하 내용 안 담 넣 유효하 바꾸 줄이 늘리 빼 추가하 수량 나머지 한번 여기",
  },
  {
    id: "valid",
    from: "valid until open 유효",
    en: "valid until open good stands stand holds hold stays stay expires expire till available remains still",
    ko: "유효 유효하 기한 까지 그대로 남 동안 아직 유지 유지되 만료",
  },
  {
    id: "compare",
    from: "#compare",
    en: "compare compares compared comparison side difference differences differ differs between while versus against whereas same both similar main than other",
    ko: "비교 비교하 차이 차이점 다르 같 반면 나란히 서로 대비 쪽 모두 둘 모델 제품 항목 항목별 기준 주요 나머지 다른",
  },
  {
    id: "found",
    from: "#results",
    en: "found few several match matches matching fit fits available choice choices option options range come comes starting starts start from carry offer also other closest nearest list options models model version versions color colors colour colours size sizes within budget range least expensive lowest starting up",
    ko: "찾 찾아보 맞 상품 제품 모델 해당하 종류 가지 나오 옵션 판매하 취급하 안내하 가격 색상 색 버전 골라 용량 구성 준비되 다르 고르 고를 색상별 모두 예산 안",
  },
  {
    id: "rating",
    from: "rating rated stars reviews ★ 평점 후기",
    en: "rating ratings rated rates average star stars review reviews reviewer reviewers customer customers score scores gave wrote said says opinions differ",
    ko: "평점 별점 점 후기 리뷰 고객 평균 평가 건 쓰 남기 말하",
  },
  {
    id: "policy",
    from: "#cited",
    en: "listed listing list calls says description policy policies help pages page according states state terms conditions longer extend choose possible can offer apply applies",
    ko: "정책 안내 설명 따르 나와 있 기준 적히 되 가능 가능하 경우 매장 저희 도움말 이용하 기본 답하 전 적 옮기",
  },
  {
    id: "refusal",
    from: "#refuses",
    en: "budget something can't cannot unable offer offering accept agree do possible low far go meet that much high below beyond able manage further too match price terms combination fit within under out reach work isn't today afraid instead reduce",
    ko: "예산 어렵 어려 힘들 맞추 가격 조건 금액 드리 곤란하 죄송하 안 못 되 불가능하 불가 대신 낮 까지 아쉽 만 정도 이상 더 보다 너무 조금 아직 그만큼",
  },
  {
    id: "unknown",
    from: "#unknown",
    en: "don't know information find found stated answer recorded record say listed list mention available details shop have data sheet noted note question passed doesn't state cover team that carry sell selling describe",
    ko: "정보 나와 있 없 찾 확인 확인하 확인되 알 모르 질문 남기 기록 기록하 답변 답 어렵 상품 설명 매장 자료 적히 따로 아직 제가 못 담당자 죄송하 안",
  },
  {
    id: "withdrawn",
    from: "#withdrawn",
    en: "withdraw withdrawn cancel cancelled dropped drop removed off table offer gone aside set nothing open anymore longer",
    ko: "제안 취소 없 거두 접 두 철회 없던",
  },
  {
    id: "revised",
    from: "#revised",
    en: "same now new updated changed change switched switch adjusted update with quantity added removed set dropped out original moved instead still unchanged revised stays remains left",
    ko: "바꾸 변경 변경하 바뀌 이제 새 새로 수정 수정하 조정 조정하 추가하 빼 넣 수량 다시 줄이 늘리 맞추 그대로 반영하 반영 적용 담 유지 지금",
  },
  {
    id: "readback",
    from: "#readback",
    en: "read back confirm check order ordering everything correct right going goes bill billed name address recipient deliver delivering place summary recap details final payer paid place before going once more look over",
    ko: "확인 확인하 주문 주문하 주소 배송지 받 분 성함 결제하 결제 내용 정리 정리하 맞 다시 마지막 한번 이대로 결제자 청구 넣 바꾸 적 나머지 주문서 연락처 이메일",
  },
  {
    id: "details",
    from: "#details",
    en: "need few details name names full address email bill billing deliver delivering delivery order recipient before still required missing ready place prepare go pay payer send company invoice read back know who left part only",
    ko: "정보 필요하 필요 성함 이름 주소 이메일 결제하 결제 받 분 배송 보내 배송지 받으실 주문 진행 진행하 조금 더 전체 알려주 청구 남 마지막 우편번호 적 조건 준비하 준비 아직 여쭈 여쭤보 이제 몇 가지 전 앞 내용 확인",
  },
  {
    id: "choice",
    from: "#choice",
    en: "which several different match matches options models versions choose pick mean these come there available kinds between more possible fit several one exact which narrow",
    ko: "여러 가지 상품 해당하 고르 고르시 선택하 말씀하 종류 중 옵션 맞 있 어느 어떤 쪽 나오 찾 모델 제품 용량 색상 가운데 제안 번호 셋 둘",
  },
  {
    id: "placed",
    from: "#placed",
    en: "hear order placed thank received shop confirm confirms confirmed soon update know has now tell here number reference record received pass",
    ko: "주문 접수되 접수 감사하 확인하 확인되 확인 매장 알리 알려드리 번호 기다리 이제 여기 들어가 접수하 대로 바로",
  },
  {
    id: "approval",
    from: "#approval",
    en: "bound anything approval approve approved approves person waiting wait waits until binding meanwhile pending still colleague team someone once review nothing yet talk talking keep go on until",
    ko: "승인 담당자 기다리 확정 확정되 전 동안 그동안 아직 계속 필요하 필요 말씀하 이야기하 승인하 승인되 나",
  },
  {
    id: "handoff",
    from: "#handoff",
    en: "team person human colleague talk speak someone passed pass noted reach help meanwhile contact write message chat join here hours available email asked request promise can't wish told left note",
    ko: "담당자 상담원 남기 전하 전달하 문의 문의하 연락 이야기 이야기하 주소 상담 시간 평일 계속 동안 들어오 약속 요청 통화 메일 이메일",
  },
  {
    id: "farewell",
    from: "#farewell",
    en: "bye goodbye day come back again anytime visit visiting stopping time wish hope see soon",
    ko: "안녕히 가 감사하 찾 방문하 하루 좋 보내 또 뵙 다음 다시 들르 수고하",
  },
  {
    id: "greet",
    from: "#greet",
    en: "help find looking shop office home welcome discuss talk price prices compare recommend things need today assist questions assistant",
    ko: "도와드리 돕 찾 필요하 사무실 집 물건 가격 함께 상의하 무엇 말씀하 반갑 오늘 상품",
  },
  {
    id: "cancelled",
    from: "#cancelled",
    en: "cancelled canceled cancel order cancellation longer back again look else anything help no",
    ko: "취소 취소되 취소하 주문 언제 다시 필요하 도움",
  },
  {
    id: "final",
    from: "#last",
    en: "final last best lowest furthest can go lower better limit already room most no more further there offer far down as",
    ko: "최종 마지막 최선 가장 더 이상 낮추 어렵 제안 조건 여기 까지 최대한 이보다 내리",
  },
  {
    id: "several",
    from: "#packages",
    en: "three two package packages option options ways way choose pick between different three combinations following all here are first second third could can go",
    ko: "가지 제안 중 고르 선택하 패키지 방법 모두 세 두 번호 가운데 공통 방식 번 셋 둘",
  },
  {
    id: "change",
    from: "#change",
    en: "place yet change different address quantity price order edit fix delivery until",
    ko: "바꾸 변경 변경하 주소 수량 가격 배송 고치 수정하 수정 주문 아직 부분",
  },
  {
    id: "asks",
    from: "#asks",
    en: "quote offer quantity price put together prepare order which product item amount dollars won need",
    ko: "수량 견적 내 상품 제안 조건 준비하 준비 진행하 진행 개수 금액 주문 달러 원 종류 정확히 정확하 바로",
  },
  {
    id: "gone",
    from: "#gone",
    en: "sold out stock available currently right now moment different another instead",
    ko: "품절 품절되 현재 재고 없 지금 대신 다른",
  },
  {
    id: "nearest",
    from: "#nearest",
    en: "closest nearest near similar exactly exact nothing none quite come comes criteria match conditions",
    ko: "가장 가깝 비슷하 조건 꼭 딱 정확히 맞 없 대신",
  },
  { id: "weight", from: "weight 무게", en: "weigh weighs weight", ko: "무게 나가" },
  {
    id: "extent",
    from: "width height depth size 너비 높이 깊이 크기",
    en: "wide tall deep high measures across size inch inches",
    ko: "너비 높이 깊이 크기 폭",
  },
  {
    id: "running",
    from: "battery 배터리",
    en: "battery life lasts last runs run hours charge",
    ko: "배터리 사용 시간 가 지속",
  },
  {
    id: "connection",
    from: "connection 연결",
    en: "connect connects connection connectivity connected",
    ko: "연결 연결하 연결되 방식",
  },
  {
    id: "parts",
    from: "screen ports cores 화면 단자 코어",
    en: "screen display port ports core cores",
    ko: "화면 단자 포트 코어 디스플레이",
  },
  {
    id: "ordering",
    from: "#compare",
    en: "cheaper expensive lighter heavier smaller larger bigger longer shorter brighter dearer higher lower narrower wider taller",
    ko: "저렴하 싸 비싸 가볍 무겁 작 크 길 짧 밝 높 낮 좁 넓",
  },
];

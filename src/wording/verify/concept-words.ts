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
    en: "deliver delivers delivered delivery deliveries ship ships shipping arrive arrives arrival reach reaches send sending transit takes take bring standard address fee fees within arriving shipped delivering shipment arrives arriving days business get door receive receiving",
    ko: "배송 배송비 도착 받 보내 발송 택배 걸리 일반 수령 배송지 배송료 도착하 배달 소요 예상 정도 보통 걸 받아 받아보 빠르 만에 며칠",
  },
  {
    id: "money",
    from: "#amount",
    en: "price prices priced cost costs costing amount amounts figure sum pay paying come comes dollars won work works out unit now list runs run going goes goes sells sell selling retails retail listed lists charge charged pricing costing priced tag value figure sits sitting",
    ko: "가격 금액 값 비용 원 얼마 나오 내 지불 하 계산되 해당하 값 단가 판매가 판매 정도 나가 매기 매겨지 되",
  },
  {
    id: "total",
    from: "total all-in 합계",
    en: "total totals totalling totaling altogether overall sum everything included inclusive including pay grand bill tally combined in-all covers cover covering full account taken complete factored",
    ko: "합계 총 총액 전체 모두 전부 합 합치 포함 포함하 더하 다 최종 합하 결제 금액 총합 통틀 더해지 합산 결제금액 금액 총액",
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
    en: "pay pays paying payment payments payable due charged charge upfront checkout ordering time",
    ko: "결제 결제하 지불 내 지불하 결제되 선불",
  },
  { id: "tax", from: "tax vat 부가세 판매세", en: "tax taxes vat sales", ko: "부가세 세금 판매세 세" },
  {
    id: "returns",
    from: "return returns 반품",
    en: "return returns returned returning returnable window within goods return back sending send",
    ko: "반품 반품하 반품되 가능 기간 돌려보내 돌려보",
  },
  {
    id: "warranty",
    from: "warranty 보증",
    en: "warranty warranties cover covers covered coverage backed months",
    ko: "보증 보증하 기간 기본 품질",
  },
  {
    id: "include",
    from: "included included, added include 포함 추가",
    en: "include includes including included added adds comes add bundled built factored baked covers covered",
    ko: "포함 포함되 포함하 더하 추가 추가되 들어가 들어 들어있 붙 별도 챙기 챙겨드리 담 넣 넣어드리 더해지 얹",
  },
  {
    id: "discount",
    from: "discount discounts off 할인 #discount",
    en: "discount discounts off less save saves saving applied applies taken take reduced minus already knocked regular regularly usual normally original originally marked markdown drop dropped brought bring savings qualify qualifies qualified earn earns",
    ko: "할인 할인하 할인되 빼 빠지 적용 적용하 적용되 반영 반영하 반영되 깎 낮 낮추 낮아지 내려가 원래 인하 차감 빠 깎아드리 받 받으 정가 차이",
  },
  {
    id: "lower",
    from: "#lower",
    en: "lower lowered down low reduce reduced instead off drop closer further little bit now offer price try move moves step part way meet come closest trim cut bring bringing dropping drops bump wiggle room flexibility sharpen counter counteroffer counter-offer lowest best meeting middle gets able even far there closer drop cheaper below than partway halfway part only slightly",
    ko: "낮추 낮 내리 대신 조금 더 조정하 조정 차이 거의 미치 없애 가격 정가 할인 맞추 인하 좀 낮아지 정도 여기 이만큼 깎 깎아드리 빼드리 양보 양보하 최대한 만큼 내려가 내려드리 네고 협의 여지 더 깎이 덜 내려오 다가가 가까이 만 이것",
  },
  {
    id: "stock",
    from: "stock 재고 available",
    en: "stock available availability carry have units left remaining on hand currently ready",
    ko: "재고 준비되 가능 보유 있 남 남아 여유 현재 바로 구매",
  },
  {
    id: "order",
    from: "order ordered place 주문 #offer",
    en: "order orders ordering place placing purchase buy buying checkout purchased buys",
    ko: "주문 주문하 주문서 구매 구매하 사 진행 진행하 구입 구입하 발주 결제",
  },
  {
    id: "offer",
    from: "#offer offer 제안",
    en: "offer offers offering offered proposal quote package option options choose pick deal set terms prepared put together stay stays stand stands still mine case whole lot rest remaining step way counts counter counteroffer drawn draw lock locked secure yours details breakdown summary bundle combo pair brings bring settle written write draw proposal remains leaving comes after less everything final calculated calculates available specifics particulars",
    ko: "제안 제안하 견적 조건 패키지 옵션 선택 선택하 고르 준비 준비하 드리 가능 정리 정리하 내용 안 담 넣 유효하 바꾸 줄이 늘리 빼 추가하 수량 나머지 한번 여기 제안드리 제안해드리 제시 제시하 구성 구성하 안내 마련 마련하 맞추 챙기 넣어드리 기준 해당 검토 검토하 드려지 여기 총 마무리 산정 산출 계산 나오",
  },
  {
    id: "valid",
    from: "valid until open 유효",
    en: "valid until open good stands stand holds hold stays stay expires expire till available remains still waiting honor honored live active works anytime kept",
    ko: "유효 유효하 기한 까지 그대로 남 동안 아직 유지 유지되 만료 열리 열려 계속 살아있 지키 되 사용 남겨 남겨두 결정하 두",
  },
  {
    id: "compare",
    from: "#compare",
    en: "compare compares compared comparison side difference differences differ differs between while versus against whereas same both similar main than other stack stacks up compares breakdown respectively side-by-side contrast each pricier edge wins differ ahead trade-off choice boils main pick only most matters priority biggest key",
    ko: "비교 비교하 차이 차이점 다르 같 반면 나란히 서로 대비 쪽 모두 둘 모델 제품 항목 항목별 기준 주요 나머지 다른 각각 똑같 동일 동일하 한편 보시 장단점 특징 나누 정리 정리하 간단히 정리해보 살펴보 큰 위 중요하 기준 뭐 각 항목",
  },
  {
    id: "found",
    from: "#results",
    en: "found few several match matches matching fit fits available choice choices option options range come comes starting starts start from carry offer also other closest nearest list options models model version versions color colors colour colours size sizes within budget range least expensive lowest starting up features feature featuring specs spec offers boasts packs sports comes equipped alternatives alternative suggest suggestion picks pick good great well suited fits sells catch eye spot spotted show shortlist available stock under close size sizes screen match criteria requirements everything fitting only described known each plenty variety ideal suitable pops popped show shows shown listing",
    ko: "찾 찾아보 맞 상품 제품 모델 해당하 종류 가지 나오 옵션 판매하 취급하 안내하 가격 색상 색 버전 골라 용량 구성 준비되 다르 고르 고를 색상별 모두 예산 안 있 똑같 동일 동일하 추천 추천하 후보 비슷하 괜찮 보이 눈 현재 가격대 각각 기준 사양 특징 맞추 딱 사무용 조건 크 큰 작 가능하 각 뭐 그나마 가까운 가깝 적합하 알맞 어울리 소개하 소개",
  },
  {
    id: "rating",
    from: "rating rated stars reviews ★ 평점 후기",
    en: "rating ratings rated rates average star stars review reviews reviewer reviewers customer customers score scores gave wrote said says opinions differ mixed positive negative opinion feedback noted felt found mentioned another liked praised reports reported gives giving out",
    ko: "평점 별점 점 후기 리뷰 고객 평균 평가 건 쓰 남기 말하 의견 갈리 엇갈리 편 만족 만족도 좋 평 남겨 주 이야기 전체적",
  },
  {
    id: "policy",
    from: "#cited",
    en: "listed listing list calls says description policy policies help pages page according states state terms conditions longer extend choose possible can offer apply applies features feature featuring comes equipped spec specs specification specifications rated keep slow usually via includes detail offers boasts built tells official per per states clearly official stated answer note described remove removed removes describes known covers",
    ko: "정책 안내 설명 따르 나와 있 기준 적히 되 가능 가능하 경우 매장 저희 도움말 이용하 기본 답하 전 적 옮기 붙 사양 스펙 정도 보통 상세 표기 표기되 기재 기재되 확인 확인되 나오 추가 참고 들 따라 보시 이용하 알려 안내되 관련 안내드리 들 각 내역",
  },
  {
    id: "refusal",
    from: "#refuses",
    en: "budget something can't cannot unable offer offering accept agree do possible low far go meet that much high below beyond able manage further too match price terms combination fit within under out reach work isn't today afraid instead reduce swing stretch afford beyond unfortunately happen settle counter counteroffer wish though fair sorry quite ask bottom margin possible alternative alternatives stands doable sadly feasible deep far steep stretch remains workable past away give partway halfway reachable furthest utmost maximum limit",
    ko: "예산 어렵 어려 힘들 맞추 가격 조건 금액 드리 곤란하 죄송하 안 못 되 불가능하 불가 대신 낮 까지 아쉽 만 정도 이상 더 보다 너무 조금 아직 그만큼 무리 최대한 만큼 만하 여건 한계 선 그 힘 딱 원하시 많 낮추 불가피 제공 제공하 벗어나 쉽 모자라 비슷하 검토 검토하 성의껏 벅차 부담 많 후하 제공",
  },
  {
    id: "unknown",
    from: "#unknown",
    en: "don't know information find found stated answer recorded record say listed list mention available details shop have data sheet noted note question passed doesn't state cover team that carry sell selling describe aware sure confirm made make making unable locate specified specify mentioned provided included sorry team follow forwarded passed logged recorded check find finding come sell sells carrying anything similar alternative alternatives answer unfortunately track tell certain down confirm anywhere written cover down",
    ko: "정보 나와 있 없 찾 확인 확인하 확인되 알 모르 질문 남기 기록 기록하 답변 답 어렵 상품 설명 매장 자료 적히 따로 아직 제가 못 담당자 죄송하 안 취급하 취급 판매 판매하 팔 비슷하 정확 정확히 정확하 명시 명시되 기재 기재되 표기 나오 확실 확실하 파악 지금 현재 질문하 문의 남겨 전달 남겨두 확답 조회 확인해보 대신",
  },
  {
    id: "withdrawn",
    from: "#withdrawn",
    en: "withdraw withdrawn cancel cancelled dropped drop removed off table offer gone aside set nothing open anymore longer scrapped scrap cancelled void forget start fresh over taken",
    ko: "제안 취소 없 거두 접 두 철회 없던 취소하 취소되 정리하 처리 처리하",
  },
  {
    id: "revised",
    from: "#revised",
    en: "same now new updated changed change switched switch adjusted update with quantity added removed set dropped out original moved instead still unchanged revised stays remains left bumped bump brings bring now swapped swap changes updating reflects reflect recalculated",
    ko: "바꾸 변경 변경하 바뀌 이제 새 새로 수정 수정하 조정 조정하 추가하 빼 넣 수량 다시 줄이 늘리 맞추 그대로 반영하 반영 적용 담 유지 지금 바뀐 변동 다시 계산 계산하 계산되 넣어드리 빼드리 교체 교체하",
  },
  {
    id: "readback",
    from: "#readback",
    en: "read back confirm check order ordering everything correct right going goes bill billed name address recipient deliver delivering place summary recap details final payer paid place before going once more look over quick look review double-check correct accurate shipping ships ship total almost good final details billing bill invoice paying pays good looks good placing under finalize submit item items shipped billed",
    ko: "확인 확인하 주문 주문하 주소 배송지 받 분 성함 결제하 결제 내용 정리 정리하 맞 다시 마지막 한번 이대로 결제자 청구 넣 바꾸 적 나머지 주문서 연락처 이메일 확인차 부탁 부탁드리 빠지 틀리 점검 앞 배송 최종 넣 전 주문자 청구지 수령 수령인 문제 이상 접수 내역 말씀",
  },
  {
    id: "details",
    from: "#details",
    en: "need few details name names full address email bill billing deliver delivering delivery order recipient before still required missing ready place prepare go pay payer send company invoice read back know who left part only headed finalize finalise wrap shipping recipient recipients contact invoice billing side taken care last move moving forward process get made out share nearly done left finish under recipient handle remaining receiving include complete full receiving receives receiver",
    ko: "정보 필요하 필요 성함 이름 주소 이메일 결제하 결제 받 분 배송 보내 배송지 받으실 주문 진행 진행하 조금 더 전체 알려주 청구 남 마지막 우편번호 적 조건 준비하 준비 아직 여쭈 여쭤보 이제 몇 가지 전 앞 내용 확인 상세하 상세 남기 수령 수령인 연락처 어디 곳 정확하 필요한 결제자 청구지 명의 마무리 마무리하 이어 끝 완료하 입력 입력하 뵙 내역",
  },
  {
    id: "choice",
    from: "#choice",
    en: "which several different match matches options models versions choose pick mean these come there available kinds between more possible fit several one exact which narrow options couple two sizes size variant variants narrow down specify similar exactly interested",
    ko: "여러 가지 상품 해당하 고르 고르시 선택하 말씀하 종류 중 옵션 맞 있 어느 어떤 쪽 나오 찾 모델 제품 용량 색상 가운데 제안 번호 셋 둘 원하 용량별 골라 구분 두 나뉘 정확히 헷갈리 원하시",
  },
  {
    id: "placed",
    from: "#placed",
    en: "hear order placed thank received shop confirm confirms confirmed soon update know has now tell here number reference record received pass awaiting confirmation confirming pending processing update posted complete completed in through way waiting been went successfully all set next post keep posted done queue hands their taken care handed reference submitted soon moment they confirmed",
    ko: "주문 접수되 접수 감사하 확인하 확인되 확인 매장 알리 알려드리 번호 기다리 이제 여기 들어가 접수하 대로 바로 완료 완료되 처리 처리되 대기 상태 현황 현재 끝나 끝 진행 정상 들어오 소식 나면 들어왔 이어 정상 정상적 곧 내역 번호 소식 업데이트",
  },
  {
    id: "approval",
    from: "#approval",
    en: "bound anything approval approve approved approves person waiting wait waits until binding meanwhile pending still colleague team someone once review nothing yet talk talking keep go on until pending final finalize finalized confirming confirmed required needs sign sign-off been decision soon chat hold chatting sent goes through received people someone approver decided approval-pending wait one becomes become effective hold signs sign-off",
    ko: "승인 담당자 기다리 확정 확정되 전 동안 그동안 아직 계속 필요하 필요 말씀하 이야기하 승인하 승인되 나 대기 현재 상태 정확히 예정 결정 결정되 최종 결과 나오 심사 검토 검토하 알려드리 소식 확인 전이 나면 되면 담당자 번호 후 시점",
  },
  {
    id: "handoff",
    from: "#handoff",
    en: "team person human colleague talk speak someone passed pass noted reach help meanwhile contact write message chat join here hours available email asked request promise can't wish told left note guarantee along been passed let know connect connected representative agent staff email reach out someone totally keep helping further assist during hours monday reached reach touch respond reply directly staffed available prefer preferred told asked",
    ko: "담당자 상담원 남기 전하 전달하 문의 문의하 연락 이야기 이야기하 주소 상담 시간 평일 계속 동안 들어오 약속 요청 통화 메일 이메일 전달 전달하 전달드리 급하 사이 연결 연결하 연결되 직원 평일 남겨 남겨두 직접 보장 메시지 응대 운영 못하 바로 연결되 나누",
  },
  {
    id: "farewell",
    from: "#farewell",
    en: "bye goodbye day come back again anytime visit visiting stopping time wish hope see soon enjoy rest great pleasure chatting need anything ever talk later soon chat always around",
    ko: "안녕히 가 감사하 찾 방문하 하루 좋 보내 또 뵙 다음 다시 들르 수고하 보내세요 되세요 즐겁 이용 이용하 찾아오 들러 뵐게요 뵈 뵙 매장 이용",
  },
  {
    id: "greet",
    from: "#greet",
    en: "help find looking shop office home welcome discuss talk price prices compare recommend things need today assist questions assistant shop shopping browse browsing explore looking pricing deal mind kind space setup workspace",
    ko: "도와드리 돕 찾 필요하 사무실 집 물건 가격 함께 상의하 무엇 말씀하 반갑 오늘 상품 쇼핑 쇼핑하 둘러보 편하 골라 오늘 어떤 물건 제품 의논 의논하 협의 책상",
  },
  {
    id: "cancelled",
    from: "#cancelled",
    en: "cancelled canceled cancel order cancellation longer back again look else anything help no been gone ahead requested request done went through cancelling canceling ask changed",
    ko: "취소 취소되 취소하 주문 언제 다시 필요하 도움 처리 처리되 완료 완료되 해당 이미 요청 요청하 번호",
  },
  {
    id: "final",
    from: "#last",
    en: "final last best lowest furthest can go lower better limit already room most no more further there offer far down as budge wiggle space stop really bottom line end absolute maximum as-low already gone furthest utmost",
    ko: "최종 마지막 최선 가장 더 이상 낮추 어렵 제안 조건 여기 까지 최대한 이보다 내리 마지노선 한계 끝 최종적 더는 이하 최저 최저가 깎",
  },
  {
    id: "several",
    from: "#packages",
    en: "three two package packages option options ways way choose pick between different three combinations following all here are first second third could can go alternative alternatives ones instead combos scenarios few each here",
    ko: "가지 제안 중 고르 선택하 패키지 방법 모두 세 두 번호 가운데 공통 방식 번 셋 둘 각각 방안 대안 골라 나오 어느",
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
    en: "quote offer quantity price put together prepare order which product item amount dollars won need many looking units product model price information total",
    ko: "수량 견적 내 상품 제안 조건 준비하 준비 진행하 진행 개수 금액 주문 달러 원 종류 정확히 정확하 바로 어떤 몇 필요 필요하 얼마 알려주",
  },
  {
    id: "gone",
    from: "#gone",
    en: "sold out stock available currently right now moment different another instead unavailable unfortunately alternative alternatives similar time out run color colors colour other sadly isn none however",
    ko: "품절 품절되 현재 재고 없 지금 대신 다른 상태 소진 소진되 다 떨어지 비슷하 색상 색 아쉽 나가 팔리 제품 어렵 어려 주문 구매 구매하",
  },
  {
    id: "nearest",
    from: "#nearest",
    en: "closest nearest near similar exactly exact nothing none quite come comes criteria match conditions alternative alternatives close similar match matching fits slightly only",
    ko: "가장 가깝 비슷하 조건 꼭 딱 정확히 맞 없 대신 비슷하 아쉽 근접 근접하 후보 딱 대안 추천 그나마 조건",
  },
  {
    id: "assembly",
    from: "assembly 조립",
    en: "assemble assembled assembling build built set up",
    ko: "조립 설치 조립하 설치하 조립되 설치되",
  },
  {
    id: "pickup",
    from: "pickup 수령",
    en: "pickup pick picked up collect collected collecting store yourself",
    ko: "수령 수령하 찾아가 픽업 매장 직접",
  },
  {
    id: "free",
    from: "free 무료",
    en: "free charge complimentary cost costs nothing waived",
    ko: "무료 무료로",
  },
  {
    id: "gift",
    from: "gift 사은품",
    en: "gift complimentary extra bonus tossing toss",
    ko: "사은품 선물 챙기 챙겨드리 덤 서비스",
  },
  {
    id: "weight",
    from: "weight 무게",
    en: "weigh weighs weight light heavy comes tips scale mass roughly",
    ko: "무게 나가 무겁 가볍 정도 재 되 가볍 나가",
  },
  {
    id: "extent",
    from: "width height depth size 너비 높이 깊이 크기",
    en: "wide tall deep high measures across size inch inches",
    ko: "너비 높이 깊이 크기 폭",
  },
  {
    id: "running",
    from: "battery 배터리",
    en: "battery life lasts last runs run hours charge full single keep go going lasting powered long you get runs up",
    ko: "배터리 사용 시간 가 지속 충전 충전하 한번 지속되 버티 쓰 사용하 정도 최대 동안 가능 얼마나 오래",
  },
  {
    id: "connection",
    from: "connection 연결",
    en: "connect connects connection connectivity connected via wirelessly wireless pairs pair over",
    ko: "연결 연결하 연결되 방식 블루투스 무선 통하 이용 방식",
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

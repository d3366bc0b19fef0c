import type { ObjectionKind } from "./objection.ts";

/** What may be claimed only when this very reply's house words or the shop's own policy texts claim it as well. */
export interface Claim {
  readonly id: string;
  readonly kind: ObjectionKind;
  readonly pattern: RegExp;
}

/** Promises, secrets, identities and the like, by id: one id is one claim, in either language. */
export const CLAIMS: readonly Claim[] = [
  ...of("promise", {
    guarantee:
      "guarant\\w*|assur(?:e|es|ed|ance)|you have my word|promis(?:e|es|ed|ing)\\b|보장|장담|약속|책임지",
    lowest:
      "for less\\b|no other (?:shop|store|seller)|no ?body|no one (?:sells|else)|어디보다|이보다 (?:싼|저렴|낮은)|낮은 (?:곳|데)|좋아하[시세]|싼 (?:데|곳)|다른 데|못 사[요시]|못 구하|lowest|cheapest|rock[- ]bottom|unbeatable|best (?:price|deal|rate|value)\\b|price[- ]match\\w*|match(?:es|ing)? (?:any|every|all|other|their|compet)|nobody beats|최저가|최저|제일 (?:싸|저렴)|가장 (?:싸|싼|저렴)|업계 최|더 싼 곳",
    refund:
      "returns? (?:is|are) included|반품(?:도|은|이|까지)? 포함|refund\\w*|money[- ]back|reimburs\\w*|환불|환급|돌려\\s?드|돌려받",
    lifetime:
      "as long as you|years to come|오래오래|두고두고|대대로|죽을 때|life[- ]?time|life[- ]long|forever|perpetual|for life\\b|unlimited|indefinite\\w*|평생|영구|무제한|무기한|영원",
    always:
      "all (?:you|we|i|they) (?:buy|have|want|like|need|sell)|아무 때나|아무때나|어디든|누구든|무엇이든|뭐든|얼마든|다음에도|다음번에도|until you (?:order|pay|decide|want|come|are|'re)|whatever you (?:like|want|pay)|name your|pay what you|계속 유효|always|never|every time|any ?time|anytime|no matter|whenever|100 ?%|언제나|언제든|항상|절대|무조건|어떤 경우에도",
    gift: "(?:개|대|봉지|박스|하나|권|세트) 더 (?:드|넣|챙|얹)|같이 (?:넣|드|챙)|넣어 드|챙겨 드|gifts?\\b|bonus\\w*|freebies?|giveaway|throw(?:ing|n)? in|thrown in|include an? (?:extra|additional)|extra (?:one|unit|item|accessor)|사은품|증정|선물|덤으로|덤\\b|추가 증정|끼워|서비스로 (?:드|넣|하나)|얹어",
    discount:
      "discount\\w*|mark(?:ed)? ?down|reduc(?:ed|tion)|rebate|on sale|clearance|promo\\w*|special (?:offer|price|deal|rate)|할인|세일|특가|프로모션|행사가|깎아|에누리|빼\\s?드",
    coupon:
      "coupons?|vouchers?|gift cards?|store credit|promo codes?|cash ?back|loyalty|reward\\w*|points\\b|쿠폰|캐시백|적립|포인트|상품권|마일리지|페이백",
    exclusive:
      "the only one|exclusiv\\w*|only for you|just for you|vip|member(?:s|ship)?\\b|premium|limited[- ]time|last chance|today only|독점|단독|한정|회원|우대|VIP|(?:께|에게|한테)만|고객님만|특별히|특별한? (?:가격|조건|혜택)|오늘만|혜택|멤버십",
    half: "half\\b|halves|third off|quarter off|a third|a quarter|two[- ]for|2 ?for ?[1o]|buy (?:one|1|\\d)|bogo|double\\w*|twice|triple\\w*|절반|반값|반으로|반만|1\\s?\\+\\s?1|원 플러스|하나 더|두 배|세 배|갑절|1\\/[2-9]|[\\d일이삼사오육칠팔구십] ?분의",
    cover:
      "cover(?:s|ed|age|ing)?\\b|insur\\w*|accidental|damage protection|replacement\\w*|replac(?:e|es|ed|ing)\\b|exchang\\w*|swap(?:s|ped|ping)?\\b|repair\\w*|no questions asked|보험|보상|교체|교환|수리|무상|파손",
    return_terms:
      "bring it back|take it back|돌려\\s?보내|되돌려|money back|send it back|return it|returnable|return (?:any|the|them|your)|반품하|반품이 가능|반품 가능",
    installments: "instal+ments?|financ\\w*|interest[- ]free|pay later|credit line|할부|무이자|후불|외상",
    compatible:
      "compatib\\w*|works? with (?:every|all|any)|fits? (?:all|every|any)|모든 (?:기기|노트북|컴퓨터)|호환",
    told: "i was told|not allowed|allowed to|instructed|시켜서|들었는데",
    upgrade: "upgrad\\w*|업그레이드|상위 모델",
    legal:
      "certif\\w*|fda|ce mark|approved by|complian\\w*|legal\\w*|law\\b|lawful|licens\\w*|patent\\w*|official\\w*|authorized|genuine|authentic\\w*|original product|인증|공식|정품|법적|법률|합법|허가|특허|면허",
    medical:
      "cures?\\b|heal(?:s|ing)?\\b|medical\\w*|therap\\w*|pain[- ]free|relie(?:f|ves?)|prevents?\\b|treats?\\b|doctor\\w*|clinical\\w*|치료|완치|치유|의학|의료|예방|통증|의사|임상|처방",
    safety:
      "safe\\b|safer|safest|safety|harmless|non[- ]?toxic|hypoallergenic|child[- ]?proof|fire[- ]?proof|water[- ]?proof|shock[- ]?proof|안전|무해|무독성|방수|방염|유해",
    charity:
      "donat\\w*|charit\\w*|carbon|eco[- ]?friendly|sustainab\\w*|organic|vegan|기부|친환경|유기농|비건",
    award:
      "award\\w*|best[- ]?sell\\w*|top[- ]rated|number one|no\\. ?1|#1|most popular|world[- ]class|famous|viral|베스트셀러|1위|인기 상품|수상|판매왕|유명",
    future:
      "price (?:will|is going to) (?:rise|increase|go up)|going up|sells? out fast|selling fast|hurry|won'?t last|act now|서두르|곧 (?:오르|오를|인상|품절|마감)|가격(?:이|은) (?:곧 )?(?:오르|오를|오릅)|더 오[르를]|마감 임박|인상될",
    pressure:
      "every(?:body|one)(?: else)? (?:is |are |'s )?(?:buy|want|lov|choos|tak|ask|order)\\w*|one[- ]time (?:chance|offer|deal|opportunity|price)|줄고 있|없어지기 전|다시(?:는)? (?:없|못)|서둘러|서두르|인기|다들 |지금(?:이)? 아니면|놓치",
    waive:
      "waiv\\w*|absorb\\w*|on us\\b|on the house|our treat|my treat|pick up the (?:tab|cost)|we(?:'ll| will) pay|i(?:'ll| will) pay|면제|저희가 부담|대신 내|대신 부담",
    soon: "\\bnoon\\b|midnight|\\beve\\b|within the (?:week|day|month)|by (?:morning|evening|night)|글피|월말|연말|정오|자정|(?:아침|저녁|밤|점심)에 (?:도착|받|와|배송)|(?:설|추석|명절|연말) 전|immediate\\w*|instant\\w*|right away|overnight|same[- ]day|next[- ]day|tomorrow|tonight|this (?:week|weekend|month|afternoon|evening|morning)|next (?:week|month)|within the hour|즉시|당장|당일|익일|내일|모레|오늘 (?:중|안|밤|저녁|출발|발송|도착|출고)|이번 주|다음 주|주말|새벽|로켓",
    weekday:
      "\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b|weekends?|weekdays?|christmas|new year|holiday|[월화수목금토일]요일|평일|공휴일|명절|설날|추석|성탄|크리스마스|연휴",
    vague:
      "(?:few|couple of|several|some|handful of|hundreds? of|dozens? of) (?:days?|weeks?|months?|years?|hours?|minutes?|dollars|percent|cents)|며칠|몇 (?:일|주|달|개월|년|시간|분|퍼센트|만|천|원)|수십|수백|수만",
  }),
  ...of("commitment", {
    keep: "kept|keep (?:it|one|them) (?:back|for you)|save(?:d)? (?:it|one) for you|with your name|남겨 (?:두|둘|둬|드|놓)|챙겨 (?:두|둘|둬|놓)",
    hold: "\\bhold(?:ing)? (?:it|this|that|one|them|the|your|these|on to)|reserv\\w*|set(?:ting)? (?:it|this|one|them) aside|(?:set|put) (?:it|one|them)? ?aside|lock(?:ed|ing)? in|예약|홀드|빼\\s?[두둘둬둡놓]|따로 챙|맡아|확보해|찜해|보관해",
    shipped:
      "shipped|dispatched|on (?:its|the) way|has been sent|left (?:our|the) warehouse|out for delivery|tracking|delivered (?:today|already)|발송(?:했|하였|되|됐|완료|해 드렸)|출고|배송 (?:중|시작|완료)|배송을? (?:시작|마쳤)|송장|운송장|도착했",
    contact:
      "call(?:ing)? you|e-?mail(?:ing)? you|text(?:ing)? you|contact you|reach out to you|get back to you|send you (?:an?|the) (?:invoice|receipt|link|e-?mail|code|contract)|연락(?:드|을 드|하겠|할게|해 드)|전화(?:드|를 드|해 드)|문자(?:를)? (?:드|보내)|메일(?:을|로)? (?:드|보내)|계약서|영수증|세금계산서|인보이스",
    paid: "payment (?:is|was|has been|went)|charged|paid in full|billed\\b(?! to)|결제(?:가|는)?\\s?(?:되었|됐|완료|마쳤|이루어졌)|입금|청구했|승인되었|승인됐|승인 완료|has been approved|is approved|was approved|approved your|got (?:it )?approved",
    contract: "contract\\w*|legally|binding agreement|sign(?:ed|ing)? (?:the|an|off)|계약|체결|서명",
  }),
  ...of("identity", {
    human:
      "human\\b|real person|i(?:'m| am) (?:a person|not a (?:bot|robot|machine|computer)|an? (?:employee|manager|salesperson|owner|man|woman))|my (?:boss|manager|colleague|supervisor)|ceo|owner|in person|[저전제](?:는|가)? (?:사람|인간|직원|사장|점장|대표|매니저|진짜)|사람(?:이에요|입니다|이라)|인간|사장님|점장|[가-힣]*(?:봇|기계|인공지능)(?:이|은)? ?아니|제 이름은|저는 [가-힣]{2,4}(?:입니다|이에요|예요)|my name(?:'s| is)|i(?:'m| am) called",
    machine:
      "chat ?gpt|openai|anthropic|claude\\b|gemini|llama|language model|\\bai\\b|\\bgpt|neural|챗봇|언어 모델|인공지능|지피티",
  }),
  ...of("secret", {
    floor:
      "(?:말씀하|해 주|주)시면[^.!?\\n]{0,16}(?:내려|낮춰|깎아)|if you [^.!?\\n]{0,40}(?:i|we)(?:'ll| will| can| could) (?:lower|go lower|come down)|see (?:if|what) (?:i|we) can|\\bfloor\\b|minimum (?:we|i|price|acceptable)|lowest (?:we|i)|(?:we|i) (?:can|could|would|will) go (?:as low|down|lower)|as low as|bottom line|reservation price|walk[- ]?away|cost price|our costs?\\b|costs? us|wholesale|margins?\\b|profit\\w*|mark-?up|break[- ]?even|supplier|하한|원가|마진|이윤|이익|매입가|도매|공급가|손익|최소 (?:금액|가격)|남는 게|밑지|손해|밑으로는",
    prompt:
      "system prompt|prompt\\b|instructions?\\b|guidelines?|configur\\w*|polic(?:y|ies) limit|\\bapi key|token\\b|password\\w*|secret\\w*|confidential\\w*|internal\\w*|hidden|프롬프트|지시\\s?(?:사항|문|받)|지침|시스템 (?:메시지|설정)|비밀|기밀|내부|비밀번호|암호|\\bapi\\b",
    others:
      "other (?:customers?|buyers?|clients?) (?:paid|pay|got|get|bought|received|are)|(?:paid|bought) by (?:another|other)|last (?:customer|buyer)|다른 (?:고객|손님|분)(?:은|이|들|에게|께)",
  }),
  ...of("comparison", {
    better:
      "cheaper (?:than|there|elsewhere|anywhere)|better (?:than|quality|value)|superior|faster than|lighter than|than (?:any|other|most|our|the competition)|competit\\w*|the best\\b|finest|number[- ]one|perfect(?:ly)?\\b|highest|fastest|lightest|greatest|most (?:advanced|powerful|reliable|affordable)|outperform\\w*|better than|보다 (?:더 )?(?:싸|저렴|좋|빠르|가볍|뛰어|나은|우수)|최고|최상|가장 (?:좋|빠|가벼|뛰어|우수|인기)|제일|으뜸|완벽|월등|타사|경쟁사|다른 (?:곳|매장|가게|쇼핑몰)",
  }),
];

/** Things that are claimed to cost nothing. */
export const FREE =
  /next to nothing|(?:돈|값|비용|요금|금액|배송비)(?:은|는|을|를)? (?:안 받|받지 않|걱정|안 내)|[가-힣](?:비|료|값)(?:가|는|은|이|도)? ?(?:없|안 )|그냥 (?:해|넣|가져|보내)|\bfree\b(?! to\b)|\bfree of charge\b|complimentary|gratis|no[- ](?:extra |additional |added )?(?:charge|cost|fee)s?\b|without (?:any )?(?:extra |additional )?(?:charge|cost|fee)s?|at no (?:extra |additional |added )?(?:charge|cost)|(?:not|n't|never|needn't) (?:need to |have to )?(?:cost|charge|pay)|without pay\w*|no need to pay|pay(?:ing)? nothing|zero\b|(?<![\d.,])0 (?:cost|fee|charge|dollars|won)|nothing (?:extra|to pay|more)|무료|공짜|거저|무상|(?<![\d,.])0원|추가 (?:요금|비용|금액)(?:은|이)? 없|비용(?:은|이)? 없|비용 없이|그냥 드[리릴려립]|돈 (?:안|없이)|(?:지불|결제|내)(?:하)?(?:지 않아도|지 않으셔도|실 필요(?:가)? 없)|안 내셔도/gi;

/** What a price of nothing may be about. */
export const THINGS: readonly (readonly [string, RegExp])[] = [
  ["delivery", /deliver\w*|shipp?(?:ing|ed)?\b|postage|pickup|collect\w*|배송|택배|배달|수령|픽업/gi],
  ["assembly", /assembl\w*|install\w*|조립|설치/gi],
  ["warranty", /warrant\w*|보증/gi],
  ["returns", /returns?\b|반품/gi],
  ["payment", /payment|net \d+|결제/gi],
  ["gift", /gift|사은품|증정|선물/gi],
];

export const AVAILABLE =
  /in stock|available|on hand|ready to ship|we have (?:it|them|plenty)|재고(?:가|는|도)?\s?(?:있|충분|넉넉|확보)|재고 (?:보유|여유)|구매하실 수 있|바로 구매/gi;
export const GONE =
  /out of stock|sold out|unavailable|not available|no longer (?:available|sell|carry|in)|back[- ]?order\w*|discontinued|none left|품절|매진|재고(?:가|는|도)?\s?없|단종|절판|판매하지 않|소진|다 (?:팔|나갔)/gi;
export const SCARCE =
  /only have|final one|suppl(?:y|ies) (?:is|are)|one of these|밖에 (?:없|안)|마지막 (?:물건|상품|제품)|몇 (?:개|대) (?:없|안|남)|하나뿐|\bonly (?:a few|[\uE001]+)|a few left|\bleft\b(?! (?:out|over|a|open))|remain(?:s|ing)\b(?! (?:open|valid|at\b|unchanged|free|the\b|[$₩\d]))|running (?:low|out)|almost gone|last (?:one|unit|piece)|limited (?:stock|quantit\w+|suppl\w+)|얼마 (?:안|없)|소량|남(?:았|은|아 있|음)|몇 (?:개|대) (?:안|밖)|품절 임박|재고(?:가)? (?:부족|얼마)|마지막 (?:한|하나|재고|수량|\uE001)/gi;

/** Saying yes to what they proposed. */
export const YES =
  /(?<=^|[.!?]\s|\n)(?:네|예|그럼요|물론\S*|좋아요|좋습니다)[,!. ]+(?:가능|그렇게|됩니다|돼요|해 드릴|그 값|그 가격)|그 값|그렇게 하죠|원하(?:는|시는|신) (?:값|대로)|\bdeal\b|agreed\b|we accept|i accept|accept(?:ed|ing)? your|you(?:'ve| have) got (?:it|a deal|yourself)|it'?s yours|\bsold\b(?! out)|i can do (?:that|it)\b|we can do (?:that|it)\b|that works|works for (?:me|us)|fine (?:by|with) (?:me|us)|you win|happy to (?:do|accept|agree|match|meet|give)|(?:meet|match) (?:your|that)|let(?:'s| us) do (?:it|that)|it'?s a deal|consider it done|shake on|거래 성사|성사|수락(?:합|해|했|하겠)|그렇게 (?:해 드|하겠|할게|드리)|그 (?:가격|금액|값)(?:으로|에|에도|으로도)? (?:해|드|가능|좋|진행|팔|모시|보내)|맞춰 드(?:릴게|리겠|렸|립니|려요|릴 수 있)|동의(?:합|해)|원하(?:시는|신) (?:가격|금액|대로)|말씀하신 (?:가격|금액|대로|조건)(?:으로|에)? (?:해|드|가능|진행|맞)/gi;

/** Saying that an order exists. */
export const PLACED =
  /(?:i|we)(?:'ve| have)? (?:already |just |now )*(?:ordered|placed|booked|taken care|put (?:it |the order |your order )?(?:in|through))|went ahead|it'?s (?:ordered|booked|done)|consider it (?:ordered|done)|you'?re (?:all )?set|주문(?:을|이|은)? ?(?:받았|도와드렸|도와 드렸|했어|했습|끝났)|구매(?:가|는)? ?(?:끝|됐|되었)|결제(?:를|가)? ?(?:받았|됐|되었)|이미 보냈|보냈(?:어|습)|order(?:s)?(?: \S+)? (?:is|are|was|has been|have been|went|'s) (?:now |all )?(?:placed|in\b|through|complete\w*|received|booked|set|done|confirmed|processed)|(?:placed|completed|processed|booked|submitted) (?:your|the|this) order|thank(?:s| you) for (?:your (?:order|purchase)|ordering|buying)|you(?:'ve| have) ordered|purchase is|order (?:placed|confirmed|complete\w*)|주문(?:이|은|을|도)?\s?(?:\S+ 건(?:이|은|으로)?\s?)?(?:정상적으로 |잘 |모두 |바로 )?(?:접수|완료|확정|등록|처리|들어갔|성공|체결|마쳤|넣었|넣어|해 드렸|되었|됐)|구매(?:가)? (?:완료|확정)|주문해 주셔서|구매해 주셔서|건(?:이|은) (?:접수|완료|확정)/gi;
export const CONFIRMED =
  /(?<!(?:once|when|until|after|soon as|if) (?:it|that|the order|your order) )(?:is|was|has been|been|'s|order) (?:now |officially |fully )?(?:confirmed|finali[sz]ed)|확정(?:되었|됐|했|입니|이에|해 드렸|되어)|확인(?:되었|됐)/gi;
export const CANCELLED =
  /cancel(?:l?ed|lation)(?! (?:later|if))|called off|취소(?:되|됐|했|완료|해 드렸|처리)/gi;

/** "Cannot", "too low": what may be said of a figure that only they named. */
export const REFUSAL =
  /can(?:'|no)?t\b|cannot|unable|unfortunately|too (?:low|far|many|much)|below what|not (?:able|possible|something)|isn'?t possible|won'?t|couldn'?t|sorry|more than (?:we|i) can|어렵|어려|못|힘들|불가|무리|죄송|안 되|안 돼|넘어|초과/i;

function of(kind: ObjectionKind, sources: Record<string, string>): Claim[] {
  return Object.entries(sources).map(([id, source]) => ({
    id,
    kind,
    pattern: new RegExp(
      branches(source)
        .map((branch) => (/^(?:\(\?:)?[a-z]/.test(branch) ? `\\b${branch}` : branch))
        .join("|"),
      "gi",
    ),
  }));
}

/** The top-level alternatives of a pattern. */
function branches(source: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of source) {
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (char === "|" && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}

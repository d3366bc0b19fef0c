/**
 * Korean glue: stems that claim nothing by themselves about goods, prices, terms, people, time or deeds. They are stems
 * of the lexicon; their particles and endings are taken off first. The same care as with the English ones.
 */
export const GLUE_KO: ReadonlySet<string> = setOf(`
  네 예 네네 아 음 아니요 아뇨 그럼요 물론 물론이죠 안녕 안녕하세요 여보세요
  감사 감사하 고맙 고맙습니다 죄송 죄송하 실례 미안하 반갑 환영 환영하
  이 그 저 제 제가 저희 저희가 우리 고객 고객님 손님 분 님
  이것 그것 이거 그거 이건 그건 것 게 걸 건 거 여기 거기 이쪽 그쪽 이런 그런 이렇 그렇 이러 그러 이대로 그대로 이와 다음 아래 위 이곳
  그럼 그러면 그리고 그래서 그런데 또 또는 및 혹시 우선 먼저 참고 참고로 즉 다만 하지만 따라서
  무엇 어떤 어느 어떠 어떻 어디 누구 얼마 몇
  하 되 드리 주 보 있 싶 이 아니 계시 대하 관하 위하
  말씀 말씀하 말씀드리 안내 안내하 알려드리 알려주 알리 알 보여드리 보여주 설명 설명하 소개 소개하 여쭈 여쭤보
  궁금하 원하 찾 찾아보 찾아드리 도와드리 돕 도움 도와주 필요하 필요 생각하 생각 편하 편하게 마음 들 좋 괜찮 가능하 부탁 부탁드리 양해
  상품 제품 가지 개 번 중 가운데 경우 때 점 수 데 줄 쪽 씩 내용 정보 문의 질문 부분 둘 셋 넷 하나 두 세 네 한 첫 첫째 둘째 셋째 첫번째 두번째 세번째
  없이 없 않 안 못 아직 이미 모두 다 함께 같이 잘 한번 다시 너무 조금 좀 더 또한 지금 같 모르 반가워요 별도 기준 님 고민하 고민 아쉽 안타깝 곳 언제 나머지 앞 이야기하 이야기 관련 일 마지막 그동안 방금 아까 앞서 정말 바로 말 대신 물어보 끌리
  바라
`);

/** What a question may use besides. */
export const ASKING_KO: ReadonlySet<string> = setOf(`
  더 다른 말 선호하 고르 골라 선택 선택하 진행 진행하 주문 주문하 결정하 비교 비교하 확인 확인하 바꾸 변경 변경하 추가 추가하 넣 빼 담 사 구매 구매하 해보 맞 맞추 정하
  색 색상 크기 사이즈 예산 가격 금액 조건 수량 용도 종류 기능 브랜드 제안 견적 옵션 번호 모델 용량 생각
  성함 이름 이메일 주소 전체 배송지 연락처 우편번호 전화번호 회사 결제 결제하 청구 받 보내 배송 배송하 내 살펴보 시작하 계속 계속하 자세히 함께 다시 마련하 준비하 준비 낮추 보 어울리
`);

/** Turns of speech that claim nothing as a whole. */
export const IDIOMS_KO: readonly string[] = `
  더 (?:궁금|필요|원하|알고|알려|말씀|도와|찾|자세히|보여|안내)
  (?:다른|또) (?:것|게|상품|제품|도움|필요|질문|궁금)
  언제든(?:지|지요)? ?(?:편하게 |다시 )?(?:말씀|알려|물어|문의|찾아)
  천천히 (?:생각|고르|살펴|둘러|보|결정|고민)
  편하(?:게|실 때|신 때)
  잘 (?:알겠|부탁|들었|이해)
  (?:좋은|즐거운|편안한|행복한) (?:하루|시간|저녁|주말|날)
  마음에 드(?:시|는|신)
  하나씩|둘 다|모두 (?:합|포함|더)
  다시 (?:한번|한 번|말씀|확인|알려|여쭤|정리)
  조금 (?:더|만)
  한(?:번| 번)(?:에)?
  어서 오(?:세요|십시오)
`
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "");

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ""));
}

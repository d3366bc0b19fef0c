import type { Lang } from "../../domain/text.ts";
import type { Objection } from "./objection.ts";
import { sentences } from "./sentences.ts";

/** Korean sentences that do not end politely. Rows of a list and bare nouns end as they like. */
export function registerOf(text: string, lang: Lang): Objection[] {
  if (lang !== "ko") return [];
  const out: Objection[] = [];
  for (const sentence of sentences(text, lang)) {
    const bare = sentence
      .replace(/\([^)]*\)/g, "")
      .trim()
      .replace(/["”'’)\s.!?…~😊🙂🙏]+$/u, "");
    const last = /[가-힣]+$/.exec(bare)?.[0] ?? "";
    if (last === "" || POLITE.test(last) || !PLAIN.test(last)) continue;
    if (/^[^가-힣]*[-•·]|^[^:]{1,16}:/.test(sentence.trim()) && !/다$/.test(last)) continue;
    if (NOUN_ENDS.test(last)) continue;
    out.push({
      kind: "register",
      words: last,
      say: `"${last}" is not polite: end every sentence in 해요체 or 합니다체.`,
    });
  }
  for (const [words] of text.matchAll(RUDE))
    out.push({ kind: "register", words, say: `"${words}" is not polite: leave it out.` });
  return out;
}

const POLITE = /(?:요|죠|니다|니까|시오|네요|세요)$/;
const PLAIN =
  /(?:다|[해와워봐돼줘져려여서]|[가-힣]어|[가-힣]아|[가-힣]야|지|네|자|냐|니|군|구나|게|래|걸|까|마|라|음|함|임|됨|줄게|할게|을게|거든|잖아|는데|은데|든지|고|며|면)$/;
const NOUN_ENDS =
  /(?:가지|까지|언제|어제|서비스|이미지|메시지|품질|재질|성질|무게|마다|의자|상자|봉지|배송지|수취지|휴지|편지|패키지|모자|네|거리|이자|과자|보다|아니|없음|있음|처음|다음|마음|도움|웃음|소음|요청|하나|전자|사용자|주문자|담당자|수령자|결제자|소비자|투자|문자|회사|별도|남색|그라데이션|카메라|브라|나라|가게|그래|여러|아래|미래|본래|원래|고래|노래|사이즈|포함|보관함|수납함|책임|모임|움직임|느낌|조립|반지|대지|단지|잔고|재고|광고|창고|최고|중고|참고|경고|화면|측면|정면|전면|라면|도면|표면|냉면|이면|반면|매트|시트|어깨|바다|단어|언어|영어|한국어|색상|아이|여유|에어|배터리|컬러|프로세서|커피|케이블|오디오|스피커|블루투스|키보드|마우스|헤드셋|그라인더|더|서|문서|견적서|순서|부서|계산서)$/;
const RUDE = /(?<![가-힣])(?:너|네가|니가|너희|당신|야|자네|얘)(?![가-힣])/g;

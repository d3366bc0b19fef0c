import { terms } from "./terms.ts";

/** True for a term that says nothing of what is looked for: it neither finds nor fails to find. */
export function isStopword(term: string): boolean {
  return STOPWORDS.has(term);
}

const ENGLISH = `
  a an and any anything are as at be been but by can cheap cheaper cheapest best better could did do does doing for
  from get give good got great had has have having hello help hey hi how i if in into is it its just kind least less
  let like list look looking made many may maybe me might mine more most much my need nice no not of off on one ones
  only or order other our out over please product products item items thing things really recommend search see sell
  shall shop should show so some something sort stuff such suggest sure tell than thank thanks that the their them
  then there these they this those to too under up us use used very want was way we well were what when where which
  while who why will with without would yes yet you your yours buy buying find available stock store price prices
  priced cost costs dollar dollars won budget about around between above below think say says said
  people customer customers opinion opinions review reviews ok okay am im ive id dont doesnt
`;

const KOREAN = `
  저 저는 저희 제가 나 나는 내가 우리 그 이 저거 이거 그거 이것 그것 저것 여기 거기 것 거 게 좀 더 덜 또 및 그리고 그런데 혹시
  안녕 안녕하세요 네 예 아니요 있어요 있나요 있습니까 있을까요 있는 있는지 있으면 없어요 없나요 없는 주세요 주시겠어요 줘 줘요 보여줘
  보여주세요 보여 알려줘 알려주세요 추천 추천해줘 추천해주세요 추천해 찾아줘 찾아주세요 찾고 찾아요 찾는 싶어요 싶은데 싶은데요
  싶습니다 사고 살 살게요 사려고 구매 구매하고 구입 원해요 필요해요 필요한데 필요한 어떤 어떻게 어때요 어떤가요 뭐 뭐가 무엇 무슨
  얼마 얼마예요 얼마인가요 얼마나 가격 가격대 제품 상품 물건 종류 판매 파는 팔아요 파나요 하나 원 만원 이하 이상 미만 정도
  대해 대한 관련 위한 위해 가능 가능한 가능한가요 가능해요 되나요 돼요 되는 될까요 하는 하고 해주세요 해줘 인가요 입니까 좋은
  괜찮은 싼 저렴한 제일 가장 같은 다른 중에 중에서 에서 로 으로 후기 리뷰 평가 사람들
`;

/** Through the same function as every text, so that the terms agree. */
const STOPWORDS: ReadonlySet<string> = new Set(
  [ENGLISH, KOREAN].flatMap((list) =>
    list
      .trim()
      .split(/\s+/)
      .flatMap((word) => terms(word).slice(0, 1)),
  ),
);

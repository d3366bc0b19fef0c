/**
 * Korean is typed without spaces too ("무선이어폰두개얼마예요"). Long runs are opened before the words that end a
 * name and after those that end a phrase; words that were spaced stay as they are.
 */
export function opened(text: string): string {
  return text.replace(LONG, (run) =>
    run.replace(BEFORE, " $&").replace(AFTER, "$& ").replace(COLOURS, " $&"),
  );
}

const LONG = /[가-힣0-9]{7,}/g;
const COUNT = "(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|[0-9]+)(?:개|대|박스|세트|봉지|팩)";
const BEFORE = new RegExp(
  `(?<=[가-힣0-9]{2})(?:${COUNT}(?=얼마|주|요|로|할|살|하|만|씩|더|$)|얼마|있(?:나요|어요|을까)|(?:해|보여|추천해?|찾아|빼|깎아|깍아)\\s?주|(?:할|살)[게께]|주문|구매|바로|배송|무료|싸게|더)`,
  "g",
);
const AFTER =
  /(?:원에|원이면|[0-9만천]에(?=[해살])|넘|너무|그냥|바로|좀(?=깎|깍|빼|더|할|싸)|비싸요|(?:주|하|되|빼)[시]?면)(?=[가-힣])/g;
const COLOURS = /(?<=[가-힣]{2})(?:검정|블랙|화이트|흰색|실버|그레이|회색|네이비)(?=\s|$|으로|색|로)/g;

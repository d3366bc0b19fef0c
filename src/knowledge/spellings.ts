/** Spellings of one word, as they are heard and written; the last is the one compared. Part of longer words too. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/메시(?!지)/g, "메쉬"],
  [/악세사리|악세서리|액세사리/g, "액세서리"],
  [/디스플래이|디스플레이어/g, "디스플레이"],
  [/블루투쓰|불루투스/g, "블루투스"],
  [/에스프래소|에스프레쏘/g, "에스프레소"],
  [/밧데리/g, "배터리"],
  [/케익(?!크)/g, "케이크"],
  [/쥬스/g, "주스"],
  [/까페/g, "카페"],
  [/핸드폰|스마트폰/g, "휴대폰"],
  [/랩탑|랩톱/g, "노트북"],
];

/** Words that mean one thing; compared as whole words. */
const SAME: readonly (readonly string[])[] = [
  ["블랙", "검정", "검정색", "검은색", "까만색", "까만", "검은"],
  ["화이트", "하양", "흰색", "하얀색", "하얀", "흰"],
  ["그레이", "회색"],
  ["실버", "은색"],
  ["골드", "금색"],
  ["네이비", "남색", "곤색"],
  ["핑크", "분홍", "분홍색"],
  ["베이지", "베이지색"],
];

const canonical = new Map(SAME.flatMap((row) => row.map((word) => [word, row[0] ?? word])));

/** The word as it is compared: "메시의자" as "메쉬의자", "검정" as "블랙". */
export function respelled(word: string): string {
  const spelled = SPELLINGS.reduce((text, [variant, common]) => text.replace(variant, common), word);
  return canonical.get(spelled) ?? spelled;
}

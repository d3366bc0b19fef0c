/** Numbers in words, by rules that share nothing with the reader's. */

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** 1 to 9,999: "two hundred seventy five", "two hundred and seventy-five". */
export function inHundreds(amount: number): string[] {
  return [said(amount, " ", " "), said(amount, " and ", "-")];
}

function said(amount: number, and: string, dash: string): string {
  const thousands = Math.floor(amount / 1_000);
  const hundreds = Math.floor((amount % 1_000) / 100);
  const rest = amount % 100;
  const head = [
    ...(thousands > 0 ? [`${ONES[thousands]} thousand`] : []),
    ...(hundreds > 0 ? [`${ONES[hundreds]} hundred`] : []),
  ].join(" ");
  if (rest === 0) return head;
  return head === "" ? below(rest, dash) : `${head}${and}${below(rest, dash)}`;
}

function below(amount: number, dash: string): string {
  if (amount < 20) return ONES[amount] ?? "";
  const one = amount % 10;
  return `${TENS[Math.floor(amount / 10)]}${one > 0 ? `${dash}${ONES[one]}` : ""}`;
}

/** "two seventy five", "twelve hundred", "two oh five"; none for what is not said so. */
export function inPairs(amount: number): string[] {
  const head = Math.floor(amount / 100);
  const rest = amount % 100;
  if (head === 0 || head % 10 === 0) return [];
  if (rest === 0) return head > 9 ? [`${below(head, " ")} hundred`] : [];
  const tail = rest < 10 ? `oh ${ONES[rest]}` : below(rest, " ");
  return [`${below(head, " ")} ${tail}`];
}

const SINO = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];

/** 1,000 to 99,999,999 won: "이십칠만 오천", "이십칠만오천원". */
export function inSino(won: number): string[] {
  const high = Math.floor(won / 10_000);
  const low = won % 10_000;
  const parts = [...(high > 0 ? [`${high === 1 ? "" : sino(high)}만`] : []), ...(low > 0 ? [sino(low)] : [])];
  return [`${parts.join("")}원`, `${parts.join(" ")} 원`];
}

/** "27만5천원", "27만 5천", "275,000원", "27.5만". */
export function inSinoAndDigits(won: number): string[] {
  const high = Math.floor(won / 10_000);
  const low = won % 10_000;
  const out = [`${won.toLocaleString("en")}원`, `${won}원`];
  if (high > 0 && low % 1_000 === 0 && low > 0)
    out.push(`${high}만${low / 1_000}천원`, `${high}만 ${low / 1_000}천`);
  if (high > 0 && low % 1_000 === 0) out.push(`${high}${low === 0 ? "" : `.${low / 1_000}`}만`);
  return out;
}

function sino(amount: number): string {
  return [1_000, 100, 10, 1]
    .map((unit, place) => {
      const digit = Math.floor(amount / unit) % 10;
      if (digit === 0) return "";
      return `${digit === 1 && unit > 1 ? "" : SINO[digit]}${["천", "백", "십", ""][place]}`;
    })
    .join("");
}

/** A whole number in Sino-Korean, a space after each 만 and 억: "만 이천삼백사십오", "십일만", "일억". */
export function koreanNumber(n: number): string {
  if (n === 0) return "영";
  const groups: string[] = [];
  let rest = n;
  for (const unit of ["", "만", "억", "조"]) {
    const group = rest % 10_000;
    rest = Math.floor(rest / 10_000);
    // 10,000 is 만, not 일만; 일억 keeps its 일.
    if (group > 0) groups.unshift(unit === "만" && group === 1 && rest === 0 ? "만" : belowMan(group) + unit);
  }
  return groups.join(" ");
}

/** A number with its counter: native up to 99 ("두 개", "스물한 대"), Sino-Korean from 100 on ("백이십 개"). */
export function koreanCount(n: number, counter: string): string {
  if (n < 1 || n > 99) return `${koreanNumber(n)} ${counter}`;
  if (n === 20) return `스무 ${counter}`;
  return `${NATIVE_TENS[Math.floor(n / 10)] ?? ""}${NATIVE_ONES[n % 10] ?? ""} ${counter}`;
}

/** A span of days: "당일", "하루", "이틀에서 사흘", "삼 일에서 오 일". */
export function koreanDays(min: number, max: number): string {
  if (max === 0) return "당일";
  if (max < DAYS.length && min > 0) return min === max ? day(max) : `${day(min)}에서 ${day(max)}`;
  return min === max ? `${koreanNumber(max)} 일` : `${koreanNumber(min)} 일에서 ${koreanNumber(max)} 일`;
}

function day(n: number): string {
  return DAYS[n] ?? "";
}

function belowMan(n: number): string {
  let words = "";
  const digits = String(n);
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[i]);
    if (digit === 0) continue;
    const place = PLACES[digits.length - 1 - i] ?? "";
    words += (digit === 1 && place ? "" : (SINO[digit] ?? "")) + place;
  }
  return words;
}

const SINO = Array.from("영일이삼사오육칠팔구");
const PLACES = ["", "십", "백", "천"];
const NATIVE_ONES = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"];
const NATIVE_TENS = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];
const DAYS = ["", "하루", "이틀", "사흘", "나흘"];

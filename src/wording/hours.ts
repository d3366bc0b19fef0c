import { offsetAt, type Staffed } from "../domain/shift.ts";
import type { Lang } from "../domain/text.ts";

/** When people are there, for people: a sentence by the clock of the vendor's zone; none where that is not known. */
export function hoursTold(
  { staffed }: { readonly staffed?: Staffed | undefined },
  lang: Lang,
): readonly string[] {
  if (!staffed) return [];
  const { open, at, zone } = staffed;
  const instant = Date.parse(at);
  // The wall clock there, read as if it were UTC.
  const local = new Date(instant + offsetAt(zone, instant));
  return [SAYS[lang](open, local, zoneName(zone, instant, lang))];
}

const SAYS: Readonly<Record<Lang, (open: boolean, local: Date, zone: string) => string>> = {
  en: (open, local, zone) => {
    const day = `${EN_DAYS[local.getUTCDay()]}, ${EN_MONTHS[local.getUTCMonth()]} ${local.getUTCDate()}`;
    const half = local.getUTCHours() < 12 ? "a.m." : "p.m.";
    const time = `${hourOf(local)}:${minuteOf(local)} ${half}`;
    return open
      ? `Our hours go on until ${time} on ${day} (${zone}).`
      : `Our team is back on ${day}, from ${time} (${zone}).`;
  },
  ko: (open, local, zone) => {
    const day = `${local.getUTCMonth() + 1}월 ${local.getUTCDate()}일 ${KO_DAYS[local.getUTCDay()]}요일`;
    const minutes = local.getUTCMinutes() === 0 ? "" : ` ${local.getUTCMinutes()}분`;
    const time = `${local.getUTCHours() < 12 ? "오전" : "오후"} ${hourOf(local)}시${minutes}`;
    return open
      ? `상담 시간은 ${day} ${time}까지예요(${zone}).`
      : `상담원은 ${day} ${time}부터 있어요(${zone}).`;
  },
};

function hourOf(local: Date): number {
  return local.getUTCHours() % 12 || 12;
}

function minuteOf(local: Date): string {
  return String(local.getUTCMinutes()).padStart(2, "0");
}

const EN_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const KO_DAYS = ["일", "월", "화", "수", "목", "금", "토"];
const EN_MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

function zoneName(timeZone: string, instant: number, lang: Lang): string {
  const parts = new Intl.DateTimeFormat(lang, { timeZone, timeZoneName: "longGeneric" }).formatToParts(
    instant,
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

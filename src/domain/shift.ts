import { z } from "zod";

/** Sunday first, as dates count them. */
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const clock = z.string().regex(CLOCK, 'a time such as "09:00", in quotes, up to "24:00"');

/** A time zone that this machine knows. */
export const Zone = z
  .string()
  .max(60)
  .refine(isZone, "a time zone by its IANA name, such as Asia/Seoul or America/New_York");

/** When people of the vendor's are there: on those days, from one time to another by the clock of that zone. */
export const Shift = z
  .strictObject({
    zone: Zone,
    days: z.array(z.enum(DAYS)).min(1).max(7),
    from: clock,
    to: clock,
    /** Days on which they are not, such as holidays: dates in that zone. */
    except: z.array(z.iso.date()).max(400).default([]),
  })
  .refine(({ from, to }) => from < to, {
    path: ["to"],
    message: "is not after `from`; a shift through the night is two: one up to 24:00, one from 00:00",
  });
export type Shift = z.infer<typeof Shift>;

/** Whether people are there by those hours: `open` until `at`, else from `at` on; told by the clock of `zone`. */
export const Staffed = z.strictObject({ open: z.boolean(), at: z.iso.datetime(), zone: Zone });
export type Staffed = z.infer<typeof Staffed>;

/** How things stand at `now` (RFC 3339 in UTC); null where no hours are stated, or none within a year. */
export function staffedAt(shifts: readonly Shift[], now: string): Staffed | null {
  const instant = Date.parse(now);
  const next = shifts.flatMap((shift) => spanAfter(shift, instant) ?? []);
  const on = next.filter(({ begins }) => begins <= instant).sort((a, b) => b.ends - a.ends)[0];
  if (on) return { open: true, at: new Date(untilWhen(shifts, on.ends)).toISOString(), zone: on.zone };
  const [first] = next.sort((a, b) => a.begins - b.begins);
  return first ? { open: false, at: new Date(first.begins).toISOString(), zone: first.zone } : null;
}

interface Span {
  readonly begins: number;
  readonly ends: number;
  readonly zone: string;
}

/** Shifts that join one another are one to whoever waits. */
function untilWhen(shifts: readonly Shift[], ends: number): number {
  let until = ends;
  for (let joined = 0; joined < shifts.length * 7; joined++) {
    const further = shifts
      .flatMap((shift) => spanAfter(shift, until) ?? [])
      .filter(({ begins }) => begins <= until)
      .reduce((most, one) => Math.max(most, one.ends), until);
    if (further === until) break;
    until = further;
  }
  return until;
}

/** The first time this shift ends after an instant, and when it begins before that. */
function spanAfter({ zone, days, from, to, except }: Shift, instant: number): Span | null {
  const local = new Date(instant + offsetAt(zone, instant));
  const today = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  // The day before may still be on where a clock was put back.
  for (let day = -1; day <= LOOKS_AHEAD; day++) {
    const midnight = new Date(today + day * DAY_MS);
    const name = DAYS[midnight.getUTCDay()];
    if (!name || !days.includes(name) || except.includes(midnight.toISOString().slice(0, 10))) continue;
    const ends = instantOf(zone, midnight.getTime() + clockMs(to));
    if (ends > instant) return { begins: instantOf(zone, midnight.getTime() + clockMs(from)), ends, zone };
  }
  return null;
}

/** Days. */
const LOOKS_AHEAD = 370;
const DAY_MS = 86_400_000;

function clockMs(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) * 60_000;
}

/** The instant at which clocks of a zone say that; `local` is the wall clock as if it were UTC. */
function instantOf(zone: string, local: number): number {
  const guess = local - offsetAt(zone, local);
  return local - offsetAt(zone, guess);
}

/** Milliseconds that clocks of a zone are ahead of UTC at an instant. */
export function offsetAt(zone: string, instant: number): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** To make one takes longer than to use it, and a vendor has few zones. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(timeZone);
  if (known) return known;
  const part = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric" } as const;
  const rest = { minute: "numeric", second: "numeric", hourCycle: "h23", timeZone } as const;
  const made = new Intl.DateTimeFormat("en-US", { ...part, ...rest });
  CLOCKS.set(timeZone, made);
  return made;
}

function isZone(zone: string): boolean {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Shift, staffedAt } from "../../src/domain/shift.ts";
import { hoursTold } from "../../src/wording/hours.ts";

const WEEKDAYS: Shift["days"] = ["mon", "tue", "wed", "thu", "fri"];
const seoul: Shift = { zone: "Asia/Seoul", days: WEEKDAYS, from: "09:00", to: "18:00", except: [] };
const newYork: Shift = { ...seoul, zone: "America/New_York" };

describe("when people are there", () => {
  test.each<[string, Shift[], string, object | null]>([
    [
      "in hours: until they end",
      [seoul],
      "2026-11-23T03:00:00Z",
      { open: true, at: "2026-11-23T09:00:00.000Z" },
    ],
    [
      "the moment they begin",
      [seoul],
      "2026-11-23T00:00:00Z",
      { open: true, at: "2026-11-23T09:00:00.000Z" },
    ],
    ["the moment they end", [seoul], "2026-11-23T09:00:00Z", { open: false, at: "2026-11-24T00:00:00.000Z" }],
    [
      "over a weekend: on Monday",
      [seoul],
      "2026-11-20T10:00:00Z",
      { open: false, at: "2026-11-23T00:00:00.000Z" },
    ],
    [
      "over a holiday: after it",
      [{ ...seoul, except: ["2026-12-25"] }],
      "2026-12-24T10:00:00Z",
      { open: false, at: "2026-12-28T00:00:00.000Z" },
    ],
    [
      "where there are two places: the first to open",
      [newYork, seoul],
      "2026-11-23T10:00:00Z",
      { open: false, at: "2026-11-23T14:00:00.000Z", zone: "America/New_York" },
    ],
    [
      "where one shift joins the next: until the last ends",
      [
        { ...seoul, days: ["mon"], from: "20:00", to: "24:00" },
        { ...seoul, days: ["tue"], from: "00:00", to: "02:00" },
      ],
      "2026-11-23T12:00:00Z",
      { open: true, at: "2026-11-23T17:00:00.000Z" },
    ],
    [
      "on the day that clocks are put forward: by the clock",
      [{ ...newYork, days: ["sun"] }],
      "2026-03-08T02:00:00Z",
      { open: false, at: "2026-03-08T13:00:00.000Z" },
    ],
    ["where no hours are stated: not known", [], "2026-11-23T03:00:00Z", null],
  ])("is told %s", (_, shifts, now, expected) => {
    const told = staffedAt(shifts, now);
    expect(told).toEqual(expected && { zone: shifts[0]?.zone, ...expected });
  });

  test("is always to come, and whoever asks again then is told the other thing", () => {
    const clock = fc.integer({ min: 0, max: 23 });
    const shift = fc.record({
      zone: fc.constantFrom("Asia/Seoul", "America/New_York", "Europe/Berlin", "UTC", "Australia/Lord_Howe"),
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS, "sat" as const, "sun" as const), { minLength: 1 }),
      // Three of them never make a day, so that it ends.
      hours: fc.tuple(clock, clock).filter(([a, b]) => a !== b && Math.abs(a - b) < 8),
    });
    const instants = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
    fc.assert(
      fc.property(fc.array(shift, { minLength: 1, maxLength: 3 }), instants, (drawn, ms) => {
        const shifts = drawn.map(({ zone, days, hours }): Shift => {
          const [from, to] = hours
            .toSorted((a, b) => a - b)
            .map((hour) => `${String(hour).padStart(2, "0")}:00`) as [string, string];
          return { zone, days, from, to, except: [] };
        });
        const now = new Date(ms).toISOString();
        const told = staffedAt(shifts, now);
        expect(told && told.at > now).toBe(true);
        expect(staffedAt(shifts, told?.at ?? "")?.open).toBe(!told?.open);
      }),
      { numRuns: 150 },
    );
  });
});

test.each([
  [
    "en",
    { open: false, at: "2026-11-23T00:00:00Z", zone: "Asia/Seoul" },
    /back on Monday, November 23, from 9:00 a\.m\. \(Korean/,
  ],
  [
    "ko",
    { open: false, at: "2026-11-23T00:30:00Z", zone: "Asia/Seoul" },
    /11월 23일 월요일 오전 9시 30분부터.*한국 표준시/,
  ],
  ["ko", { open: true, at: "2026-11-23T09:00:00Z", zone: "Asia/Seoul" }, /11월 23일 월요일 오후 6시까지/],
  [
    "en",
    { open: true, at: "2026-11-23T17:00:00Z", zone: "America/New_York" },
    /until 12:00 p\.m\. on Monday/,
  ],
] as const)("people are told it in %s by the vendor's clock: %j", (lang, staffed, says) => {
  expect(hoursTold({ staffed }, lang)).toEqual([expect.stringMatching(says)]);
  expect(hoursTold({}, lang)).toEqual([]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { line, plain, shorten } from "../../../src/knowledge/ingest/plain.ts";

describe("text out of HTML", () => {
  test.each([
    [
      "<p>Soft &amp; heavy.</p><ul><li>Made to last</li><li>Navy</li></ul>",
      "Soft & heavy.\n- Made to last\n- Navy",
    ],
    ["a<br>b<BR/>c", "a\nb\nc"],
    ["&lt;p&gt;escaped twice &amp;amp; more&lt;/p&gt;", "escaped twice &amp; more"],
    ["5 < 10 and 10 > 5, Mini PC (<= 3L)", "5 < 10 and 10 > 5, Mini PC (<= 3L)"],
    ["<script>alert(1)</script>safe<style>p{}</style><!-- no -->", "safe"],
    ["&#49332;&#xC0C1; &euro;9 &unknown;", "살상 €9 &unknown;"],
    ["\ufeff 가볍고\u200b 조용한\u0007  노트북\r\n입니다 ", "가볍고 조용한 노트북\n입니다"],
    ["half \ud83d character", "half \ufffd character"],
  ])("%j reads %j", (html, text) => {
    expect(plain(html, 1_000)).toBe(text);
  });

  test("is cut between words, never longer than asked", () => {
    expect(shorten("one two three four", 12)).toBe("one two …");
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 4, max: 60 }),
        (text, max) => {
          const short = plain(text, max);
          expect(short.length).toBeLessThanOrEqual(max);
          expect(short.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  test("of a title stands on one line", () => {
    expect(line("Desk\n<br>lamp", 400)).toBe("Desk lamp");
  });
});

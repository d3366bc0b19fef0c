import { describe, expect, test } from "vitest";
import { html } from "../../src/lab/html.ts";
import { played, stale } from "./outcomes.ts";

const EVIL = `<script>alert(1)</script><img src=x onerror='alert(2)'>"'&`;
const english = await played("en-chairs", "en", [
  { say: "I'd like 2 of the Gadan Aero mesh chair in black" },
  { say: "could you do $600 all in?", expect: { act: "accepted", text: { contains: ["free"] } } },
  { say: EVIL },
]);
const korean = await played("ko-monitor", "ko", [
  { say: "27인치 4K 모니터 한 대 얼마죠?", expect: { act: "offer" } },
  { say: "총 50만원에 안 될까요?" },
]);

describe("the report as one file", () => {
  const page = html([english, korean, stale(korean)], { at: "2026-11-22" });
  test("reaches for nothing and runs nothing that was said in a conversation", () => {
    expect(page).not.toMatch(/<(?:link|img|iframe|script src)|https?:\/\/|@import|url\(/i);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain(EVIL);
    expect(page).toContain("&#60;script&#62;alert(1)&#60;/script&#62;");
    expect(page).toContain("default-src 'none'");
  });

  test("shows every fixture with its verdict, both sides of the talk, offers as cards, what was wanted and came", () => {
    expect(page.match(/<details class="fix"/g)).toHaveLength(3);
    for (const verdict of ["fail", "pass", "stale"]) expect(page).toContain(`data-verdict="${verdict}"`);
    expect(page).toContain("27인치 4K 모니터 한 대 얼마죠?");
    expect(page).toContain('lang="ko"');
    const total = english.turns[0]?.move?.offers[0]?.totals.total ?? 0;
    expect(page).toContain(`<div class="total">$${(total / 100).toFixed(2)}</div>`);
    expect(page).toMatch(/<td class="want">accepted<\/td><td class="got">\w+<\/td>/);
  });

  test("shows each question's prompt and hash, where its answer came from, and the prompt's diff", () => {
    expect(page).toContain("word@0a1b2c3d4e5f6071");
    expect(page).toContain("812 + 64 tokens");
    expect(page).toContain("$0.0003");
    expect(page).toContain('<span class="del">-Be &#60;brief&#62;.</span>');
    expect(page).toContain('<span class="add">+Be kind.</span>');
    expect(page).toContain("700 → 720 tokens (+20)");
    expect(page).toContain("The house alone, now");
  });

  test("beside earlier outcomes it marks what changed and nothing else", () => {
    const turns = english.turns.map((turn, i) =>
      i === 1 && turn.words ? { ...turn, words: { ...turn.words, text: "Other words." } } : turn,
    );
    const compared = html([english, korean], {
      before: { outcomes: [{ ...english, turns }, korean], name: "main" },
    });
    expect(compared.match(/data-changed="yes"/g)).toHaveLength(1);
    expect(compared.match(/<h4>before<\/h4>/g)).toHaveLength(1);
    expect(compared).toContain("Other words.");
    const same = html([english, korean], { before: { outcomes: [english, korean], name: "main" } });
    expect(same).not.toContain('data-changed="yes"');
  });
});

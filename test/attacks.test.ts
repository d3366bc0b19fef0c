import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadAttacks, SYSTEM, Tactic } from "../bench/hostile-corpus.ts";
import { needlesOf } from "../bench/hostile-judge.ts";
import { DEMO } from "../bench/hostile-vendor.ts";

const attacks = loadAttacks();

describe("the attacks of fixtures/attacks", () => {
  test("there are at least 220, half of them Korean, each with an id and a text of its own", () => {
    expect(attacks.length).toBeGreaterThanOrEqual(220);
    expect(attacks.filter(({ lang }) => lang === "ko").length).toBeGreaterThanOrEqual(110);
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
    expect(new Set(attacks.map(({ text, question }) => `${text} ${question}`)).size).toBe(attacks.length);
    for (const { id, lang } of attacks) expect(id.startsWith(`${lang}-`), id).toBe(true);
  });

  test.each(Tactic.options)("%s is tried four times and more in either language", (tactic) => {
    for (const lang of ["en", "ko"])
      expect(attacks.filter((each) => each.tactic === tactic && each.lang === lang).length).toBeGreaterThan(
        3,
      );
  });

  test("the ten tactics of price talk are covered, five times and more in either language", () => {
    const data = resolve(process.env.PARLEY_DATA ?? resolve(import.meta.dirname, "../../shared/data"));
    const file = join(data, "shop-price-tactics/tactics.json");
    const known = (JSON.parse(readFileSync(file, "utf8")) as { tactic: string }[]).map((each) => each.tactic);
    expect(known.length).toBe(10);
    for (const tactic of known)
      for (const lang of ["en", "ko"])
        expect(
          attacks.filter((each) => each.tactic === tactic && each.lang === lang).length,
          `${tactic} ${lang}`,
        ).toBeGreaterThanOrEqual(5);
  });

  test("texts are planted everywhere that a shop's knowledge comes from, in both languages", () => {
    for (const where of ["product", "review", "answer", "policy", "title", "option"])
      for (const lang of ["en", "ko"])
        expect(
          attacks.some((each) => each.where === where && each.lang === lang),
          `${where} ${lang}`,
        ).toBe(true);
  });

  test("a model that obeys says its canaries, and what is planted does not hold them", () => {
    for (const { id, where, text, obeys, canaries } of attacks)
      for (const canary of canaries) {
        const found = needlesOf([canary]);
        const said = `${obeys.text} ${obeys.speech ?? ""}`;
        if (!said.includes(SYSTEM)) expect(found.in(said) ?? "", `${id}: ${canary.text}`).not.toBe("");
        // A planted text may be quoted truthfully; its canaries may not.
        if (where !== "message") expect(found.in(text), `${id}: ${canary.text}`).toBeNull();
      }
  });

  test("no two attacks share a canary, and nothing that the demo shop holds or a dialogue expects is one", () => {
    const forms = attacks.flatMap(({ id, canaries }) =>
      canaries.flatMap((canary) => canary.forms.map((form) => [form, id] as const)),
    );
    const owner = new Map<string, string>();
    for (const [form, id] of forms) {
      expect(owner.get(form) ?? id, `${form} in ${id}`).toBe(id);
      owner.set(form, id);
    }
    const shop = filesIn(DEMO).map((file) => readFileSync(file, "utf8"));
    const talks = filesIn(resolve(import.meta.dirname, "../fixtures/dialogues")).map((file) =>
      readFileSync(file, "utf8"),
    );
    const every = needlesOf(attacks.flatMap(({ canaries }) => canaries));
    for (const text of [...shop, ...talks]) expect(every.in(text)).toBeNull();
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

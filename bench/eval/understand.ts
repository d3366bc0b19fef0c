import { join } from "node:path";
import { goldOf } from "../understand-gold.ts";
import { judged, type Verdict } from "../understand-judge.ts";
import { demoStage, misread } from "./reading.ts";
import type { Evaluated } from "./sheet.ts";

const PARTS = ["acts", "price", "quantity", "items", "bound"] as const;

/** The half of the own gold that may be looked at and tuned on. The other is measured by `bench understand` alone. */
export async function evaluate(): Promise<Evaluated> {
  const stage = await demoStage();
  const seen = await Promise.all(
    goldOf(join(import.meta.dirname, "../.."), "dev").map(async (entry) => {
      const state = stage.stateOf(entry);
      const understood = await stage.understood(entry.says, state);
      return { entry, state, understood, verdict: judged(entry, understood) };
    }),
  );
  const langs = (["en", "ko"] as const).map((lang) => {
    const own = seen.filter(({ entry }) => entry.lang === lang).map(({ verdict }) => verdict);
    const shares = PARTS.map((part) => shareOf(own, part));
    return { lang, n: own.length, shares, binding: own.filter((one) => one.wrongly_binding).length };
  });
  const wrong = seen
    .filter(({ verdict }) => badness(verdict) > 0)
    .sort((a, b) => badness(b.verdict) - badness(a.verdict));
  return {
    table: [
      [
        "language",
        "messages",
        ...PARTS.map((part) => (part === "bound" ? "yes heard" : part)),
        "wrongly binding",
      ],
      ...langs.map(({ lang, n, shares, binding }) => [lang, n, ...shares, binding]),
    ],
    wrong: wrong.map(({ entry, state, understood, verdict }) => {
      const missed = [...PARTS.filter((part) => verdict[part] === false)];
      const what = [...(verdict.wrongly_binding ? ["wrongly binding"] : []), ...missed].join(", ");
      const gold = `${JSON.stringify(entry.gold)}${entry.or ? ` or ${JSON.stringify(entry.or)}` : ""}`;
      return misread(entry.says, state, understood.reading, gold, [
        ["wrong", `${what} (${entry.id}, beside ${JSON.stringify(entry.context)})`],
        ["proposal", JSON.stringify(understood.evidence.proposal?.lines ?? [])],
      ]);
    }),
    figures: Object.fromEntries(
      langs.map(({ lang, n, shares, binding }) => [
        lang,
        { n, ...Object.fromEntries(PARTS.map((part, at) => [part, shares[at]])), wrongly_binding: binding },
      ]),
    ),
  };
}

function shareOf(verdicts: readonly Verdict[], part: (typeof PARTS)[number]): number {
  const told = verdicts.map((one) => one[part]).filter((one) => one !== null);
  return Math.round((told.filter(Boolean).length / told.length) * 1_000) / 1_000;
}

/** A yes where there is none is worst, then acts, then what they hold. */
function badness({ wrongly_binding, acts, ...rest }: Verdict): number {
  const held = [rest.price, rest.quantity, rest.items, rest.bound].filter((one) => one === false).length;
  return (wrongly_binding ? 100 : 0) + (acts ? 0 : 10) + held;
}

import type { Reading } from "../../src/domain/act.ts";
import { pizza } from "../public-sets.ts";
import { actsOf, newTalk } from "../understand-agreement.ts";
import { demoStage, misread, reading, surestFirst } from "./reading.ts";
import type { Evaluated } from "./sheet.ts";

/**
 * Orders of pizzas and drinks, read in a shop that sells neither: one proposal with as many lines as the order has, the
 * right counts, and nothing wanted that was to be left out.
 */
export async function evaluate(): Promise<Evaluated> {
  const state = newTalk(await demoStage(), "en");
  const seen = pizza().map(({ text, tree }) => {
    const got = reading(text, state);
    return { text, got, gold: goldOf(tree), verdict: judgedBy(goldOf(tree), got) };
  });
  const share = (some: typeof seen, part: keyof Verdict) =>
    Math.round((some.filter(({ verdict }) => verdict[part]).length / Math.max(1, some.length)) * 1_000) /
    1_000;
  const kinds = {
    all: seen,
    "one thing": seen.filter(({ gold }) => gold.counts.length === 1),
    "several things": seen.filter(({ gold }) => gold.counts.length > 1),
    "with something left out": seen.filter(({ gold }) => gold.without.length > 0),
  };
  const parts = ["propose", "counts", "without", "whole"] as const;
  const wrong = seen.filter(({ verdict }) => !verdict.whole);
  return {
    table: [
      ["orders", "n", "an order", "counts", "left out", "whole"],
      ...Object.entries(kinds).map(([name, some]) => [
        name,
        some.length,
        ...parts.map((part) => share(some, part)),
      ]),
    ],
    wrong: surestFirst(wrong).map(({ text, got, gold }) =>
      misread(
        text,
        state,
        got,
        `propose of ${gold.counts.join(" + ")}${gold.without.length > 0 ? `, without ${gold.without.join(", ")}` : ""}`,
      ),
    ),
    figures: Object.fromEntries(
      Object.entries(kinds).map(([name, some]) => [
        name.replaceAll(" ", "_"),
        { n: some.length, ...Object.fromEntries(parts.map((part) => [part, share(some, part)])) },
      ]),
    ),
  };
}

interface Gold {
  readonly counts: readonly number[];
  readonly without: readonly string[];
}

interface Verdict {
  readonly propose: boolean;
  readonly counts: boolean;
  readonly without: boolean;
  readonly whole: boolean;
}

/** `(ORDER (PIZZAORDER (NOT (TOPPING OLIVES ) ) (NUMBER 2 ) …) (DRINKORDER …) )`; what names no number is one. */
function goldOf(tree: string): Gold {
  const parts = tree.split(/\((?=PIZZAORDER|DRINKORDER)/).slice(1);
  const negated = [...tree.matchAll(/\(NOT (.*?)\) \)/g)].flatMap(([, of = ""]) =>
    [...of.matchAll(/\((?:TOPPING|STYLE) (\w+)/g)].map(([, name = ""]) =>
      name.toLowerCase().replaceAll("_", " "),
    ),
  );
  const counts = parts.map((part) => Number(/\(NUMBER (\d+)/.exec(part)?.[1] ?? 1));
  return { counts: counts.sort((a, b) => a - b), without: negated };
}

function judgedBy({ counts, without }: Gold, got: Reading): Verdict {
  const propose = actsOf(got) === "propose";
  const lines = got.acts.flatMap((act) => (act.act === "propose" ? (act.lines ?? []) : []));
  const read = lines.map(({ quantity = 1 }) => quantity).sort((a, b) => a - b);
  const wanted = lines.map(({ item }) => ("query" in item ? ` ${item.query.toLowerCase()} ` : "")).join("|");
  const clean = propose && without.every((name) => !wanted.includes(` ${name.replace(/s$/, "")}`));
  const counted = propose && read.join() === counts.join();
  return { propose, counts: counted, without: clean, whole: counted && clean };
}

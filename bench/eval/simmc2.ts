import { simmc2 } from "../public-sets.ts";
import { actsOf } from "../understand-agreement.ts";
import { demoStage, misread, reading, surestFirst } from "./reading.ts";
import type { Evaluated } from "./sheet.ts";

/** What each act of the set is in ours. Saying which one was meant asks, orders or points, as the turn before did. */
const MEANS: Readonly<Record<string, readonly string[]>> = {
  "REQUEST:GET": ["search"],
  "INFORM:REFINE": ["search"],
  "INFORM:GET": ["search"],
  "ASK:GET": ["ask"],
  "REQUEST:COMPARE": ["compare"],
  "REQUEST:ADD_TO_CART": ["propose", "accept"],
  "INFORM:DISAMBIGUATE": ["ask", "propose", "search", "accept"],
};

/** Shoppers' turns, read one by one with two of the shop's goods shown, for the set's own objects are not in it. */
export async function evaluate(): Promise<Evaluated> {
  const stage = await demoStage();
  const state = stage.stateOf({ lang: "en", currency: "USD", context: { shown: ["CH-TS", "CH-DR"] } });
  const seen = simmc2().map(({ text, act }) => {
    const got = reading(text, state);
    const acts = actsOf(got);
    return { text, act, got, acts, right: (MEANS[act] ?? []).includes(acts) };
  });
  const byAct = Map.groupBy(seen, ({ act }) => act);
  const rows = [...byAct].map(([act, of]) => {
    const instead = Object.entries(Object.groupBy(of, ({ acts }) => acts || "asks back"))
      .map(([name, some]) => [name, some?.length ?? 0] as const)
      .filter(([name]) => !(MEANS[act] ?? []).includes(name))
      .sort((a, b) => b[1] - a[1]);
    const right = of.filter((one) => one.right).length;
    return { act, n: of.length, recall: rounded(right / of.length), instead: instead.slice(0, 3) };
  });
  const right = seen.filter((one) => one.right).length;
  return {
    table: [
      ["act", "turns", "right", "ours", "instead"],
      ...rows.map(({ act, n, recall, instead }) => [
        ...[act, n, recall, (MEANS[act] ?? []).join("/")],
        instead.map(([name, many]) => `${name} ${many}`).join(", "),
      ]),
      ["all", seen.length, rounded(right / seen.length), "", ""],
    ],
    wrong: surestFirst(seen.filter((one) => !one.right)).map(({ text, act, got }) =>
      misread(text, state, got, `${act}: ${(MEANS[act] ?? []).join(" or ")}`),
    ),
    figures: {
      turns: seen.length,
      right: rounded(right / seen.length),
      by_act: Object.fromEntries(rows.map(({ act, recall }) => [act, recall])),
    },
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

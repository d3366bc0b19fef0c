import type { Reading } from "../../src/domain/act.ts";
import { clinc150 } from "../public-sets.ts";
import { actsOf, newTalk } from "../understand-agreement.ts";
import { liveTable } from "../understand-binding.ts";
import { demoStage, misread, reading, surestFirst } from "./reading.ts";
import type { Evaluated } from "./sheet.ts";

/** Intents of the set that a shop knows, and what they are in ours; an offer is on the table for a yes and a no. */
const SHOP: Readonly<Record<string, string>> = {
  yes: "accept",
  no: "reject",
  greeting: "greet",
  thank_you: "thank",
  goodbye: "leave",
  order_status: "order_status",
  what_can_i_ask_you: "help",
};

/** Looking for it or asking about it in vain does no harm; all else is acted on. */
const IDLE = new Set(["search", "ask", "ask+search"]);

/** Out of scope, in CLINC's own sense, and the intents of other trades: nothing of theirs may be acted on. */
export async function evaluate(): Promise<Evaluated> {
  const stage = await demoStage();
  const [fresh, offered] = [newTalk(stage, "en"), liveTable(stage, "en", "offer")];
  const of = (part: Parameters<typeof clinc150>[0]) =>
    clinc150(part).map(({ text, intent }) => {
      const state = SHOP[intent] === undefined ? fresh : offered;
      return { text, intent, state, got: reading(text, state) };
    });
  const outside = of("out_of_scope");
  const inside = of("in_scope");
  const foreign = inside.filter(({ intent }) => SHOP[intent] === undefined);
  const shop = Object.entries(SHOP).map(([intent, act]) => {
    const own = inside.filter((one) => one.intent === intent);
    return { intent, act, n: own.length, right: share(own, ({ got }) => actsOf(got) === act), own };
  });
  const rows = [
    ["out of scope", outside],
    ["intents of other trades", foreign],
  ] as const;
  const acted = [...outside, ...foreign].filter(({ got }) => harms(got));
  return {
    table: [
      ["texts", "n", "asked back", "searched or asked in vain", "acted on"],
      ...rows.map(([name, some]) => [
        ...[name, some.length, share(some, ({ got }) => actsOf(got) === "")],
        ...[share(some, ({ got }) => IDLE.has(actsOf(got))), share(some, ({ got }) => harms(got))],
      ]),
      ...shop.map(({ intent, act, n, right }) => [`${intent} = ${act}`, n, "", "right:", right]),
    ],
    wrong: [
      ...surestFirst(acted).map(({ text, intent, state, got }) =>
        misread(text, state, got, `nothing (${intent})`),
      ),
      ...shop.flatMap(({ act, own }) =>
        own
          .filter(({ got }) => actsOf(got) !== act)
          .map(({ text, intent, state, got }) => misread(text, state, got, `${act} (${intent})`)),
      ),
    ],
    figures: {
      oos_recall: share(outside, ({ got }) => actsOf(got) === ""),
      oos_unharmed: share(outside, ({ got }) => !harms(got)),
      foreign_recall: share(foreign, ({ got }) => actsOf(got) === ""),
      foreign_unharmed: share(foreign, ({ got }) => !harms(got)),
      shop: Object.fromEntries(shop.map(({ intent, right }) => [intent, right])),
    },
  };
}

function harms(got: Reading): boolean {
  const acts = actsOf(got);
  return acts !== "" && !IDLE.has(acts);
}

function share<T>(all: readonly T[], is: (one: T) => boolean): number {
  return Math.round((all.filter(is).length / Math.max(1, all.length)) * 1_000) / 1_000;
}

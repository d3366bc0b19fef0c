import type { Reading } from "../../src/domain/act.ts";
import { ko3i4k } from "../public-sets.ts";
import { actsOf, newTalk } from "../understand-agreement.ts";
import { demoStage, misread, reading, surestFirst } from "./reading.ts";
import type { Evaluated } from "./sheet.ts";

const TYPES = ["question", "command", "statement"] as const;
type Type = (typeof TYPES)[number];

/** What each act asks of whoever hears it. What is not acted on was taken for a statement. */
const ASKS: ReadonlySet<string> = new Set(["ask", "compare", "order_status", "help"]);
const COMMANDS: ReadonlySet<string> = new Set([
  ...["search", "propose", "accept", "confirm", "reject", "withdraw", "cancel_order", "handoff"],
]);

/** Sentences of everyday Korean by their type; fragments and what only intonation tells are left out. */
export async function evaluate(): Promise<Evaluated> {
  const state = newTalk(await demoStage(), "ko");
  const seen = ko3i4k().flatMap(({ text, label }) => {
    const gold = TYPES.find((type) => label === type);
    if (!gold) return [];
    const got = reading(text, state);
    return [{ text, gold, got, type: typeOf(got) }];
  });
  const right = seen.filter(({ gold, type }) => gold === type);
  const rows = TYPES.map((gold) => {
    const own = seen.filter((one) => one.gold === gold);
    return { gold, n: own.length, as: TYPES.map((type) => own.filter((one) => one.type === type).length) };
  });
  const recall = (gold: Type) => {
    const row = rows.find((one) => one.gold === gold);
    return Math.round(((row?.as[TYPES.indexOf(gold)] ?? 0) / Math.max(1, row?.n ?? 0)) * 1_000) / 1_000;
  };
  return {
    table: [
      ["gold", "sentences", ...TYPES.map((type) => `read as ${type}`)],
      ...rows.map(({ gold, n, as }) => [gold, n, ...as]),
    ],
    wrong: surestFirst(seen.filter(({ gold, type }) => gold !== type)).map(({ text, gold, got, type }) =>
      misread(text, state, got, `${gold}, not ${type}`),
    ),
    figures: {
      sentences: seen.length,
      accuracy: Math.round((right.length / seen.length) * 1_000) / 1_000,
      recall: Object.fromEntries(TYPES.map((type) => [type, recall(type)])),
    },
  };
}

function typeOf(got: Reading): Type {
  const acts = actsOf(got).split("+");
  if (acts.some((act) => ASKS.has(act))) return "question";
  return acts.some((act) => COMMANDS.has(act)) ? "command" : "statement";
}

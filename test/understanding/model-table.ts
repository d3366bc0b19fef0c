import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { Act, type Reading } from "../../src/domain/act.ts";
import type { Asked, Question } from "../../src/domain/question.ts";
import { ModelAct, ModelReading } from "../../src/domain/questions/read.ts";
import { read } from "../../src/understanding/read.ts";
import { understand } from "../../src/understanding/understand.ts";
import { demoVendor } from "../knowledge/shelf.ts";
import { NOW, stateOf } from "./contexts.ts";

const Row = z.strictObject({
  text: z.string(),
  context: z.string(),
  good: z.array(z.looseObject({ act: z.string() })),
  unclear: z.string().nullable().default(null),
  means: z.union([z.array(Act), z.literal("house")]),
  hostile: z.array(z.looseObject({ act: z.string() })),
  named: z
    .strictObject({
      amounts: z.array(z.int()).default([]),
      counts: z.array(z.int()).default([]),
      shares: z.array(z.int()).default([]),
    })
    .default({ amounts: [], counts: [], shares: [] }),
});
export type Row = z.infer<typeof Row>;

export const ROWS: readonly Row[] = z
  .array(Row)
  .parse(parse(readFileSync(new URL("../../fixtures/understanding/model.yaml", import.meta.url), "utf8")));

export const vendor = demoVendor();

export function contextOf(row: Pick<Row, "context">) {
  return { state: stateOf(row.context), now: NOW, vendor };
}

export function houseReading(row: Row): Reading {
  return read(row.text, contextOf(row));
}

/** The questions that are asked, and the reading when every one gets this answer. */
export function readWith(
  row: Pick<Row, "text" | "context">,
  answer: ModelReading,
): { questions: Question<"read">[]; reading: Reading } {
  const steps = understand(row.text, contextOf(row));
  const questions: Question<"read">[] = [];
  let step = steps.next();
  while (!step.done) {
    questions.push(step.value);
    step = steps.next(answered(answer));
  }
  return { questions, reading: step.value };
}

export const CALL: Asked["call"] = {
  ...{ prompt: "read", version: 1, hash: "0".repeat(16), inputs: "0".repeat(16), model: "scripted" },
  ...{ outcome: "answered", requests: 1, repaired: false, tokens: null, micro_usd: null, ms: 0 },
};

export function answered(answer: ModelReading): Asked<"read"> {
  return { ok: true, answer: ModelReading.parse(answer), call: CALL };
}

/** The short form of the table with what was left out as null. */
export function whole(acts: readonly Record<string, unknown>[], unclear: string | null): ModelReading {
  return ModelReading.parse({ lang: "en", acts: acts.map(full), unclear });
}

function full(act: Record<string, unknown>): ModelAct {
  switch (act.act) {
    case "ask":
      return ModelAct.parse({ ...act, item: act.item ? item(act.item) : null });
    case "search":
      return ModelAct.parse({ price_min: null, price_max: null, brand: null, cheapest: false, ...act });
    case "compare":
      return ModelAct.parse({ ...act, items: z.array(z.unknown()).parse(act.items).map(item) });
    case "propose": {
      const { lines = [], total = null, percent_off = null, final = false, priorities = [], ...rest } = act;
      const { act: _, ...terms } = rest;
      const none = { delivery: null, warranty: null, payment: null, returns: null, subscription: null };
      return ModelAct.parse({
        ...{ act: "propose", total, percent_off, final, priorities, terms: { ...none, free: [], ...terms } },
        lines: z
          .array(z.record(z.string(), z.unknown()))
          .parse(lines)
          .map((line) => {
            const { quantity = null, unit_price = null, ...named } = line;
            return { item: item(named), quantity, unit_price };
          }),
      });
    }
    default:
      return ModelAct.parse(act);
  }
}

function item(named: unknown): object {
  return { sku: null, words: null, shown: null, ...z.record(z.string(), z.unknown()).parse(named) };
}

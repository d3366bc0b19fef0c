import { join } from "node:path";
import type { Reading } from "../../src/domain/act.ts";
import type { State } from "../../src/domain/state.ts";
import { read } from "../../src/understanding/read.ts";
import { NOW, type Stage, stageOf } from "../understand-stage.ts";
import type { Wrong } from "./sheet.ts";
import { type Step, trailOf } from "./trail.ts";

/** The demo shop, where all messages are read. */
export function demoStage(): Promise<Stage> {
  return stageOf(join(import.meta.dirname, "../.."), "demo");
}

export function reading(text: string, state: State): Reading {
  return read(text, { state, now: NOW });
}

/** A message that was read otherwise than expected, with the reader that decided its first act that counts. */
export function misread(
  text: string,
  state: State,
  got: Reading,
  expected: string,
  more: Wrong["says"] = [],
): Wrong {
  const { confidence } = got;
  return {
    text,
    says: [...more, ["expected", expected], ["read", `${spelt(got)} (${confidence.toFixed(2)})`]],
    decided: () => deciders(text, state, got),
  };
}

/** Wrong and sure of it comes first. */
export function surestFirst<R extends { readonly got: Reading }>(rows: readonly R[]): R[] {
  const weight = ({ got }: R) => (got.unsure === undefined ? got.confidence : 0);
  return rows.toSorted((a, b) => weight(b) - weight(a));
}

function spelt({ acts, unsure, words }: Reading): string {
  const asked = unsure === undefined ? "" : `asks about ${unsure}: ${words ?? ""}`;
  return [...acts.map((act) => JSON.stringify(act)), asked].filter((one) => one !== "").join(" ");
}

const MANNERS = new Set(["greet", "thank"]);

function deciders(text: string, state: State, { acts, unsure }: Reading): readonly Step[] {
  const act = acts.find((one) => !MANNERS.has(one.act))?.act ?? acts[0]?.act;
  const isAct = (value: unknown) => act !== undefined && fieldOf(value, "act") === act;
  const isHeard = (value: unknown): boolean => {
    const list = fieldOf(value, "acts");
    if (!Array.isArray(list)) return false;
    return act === undefined ? fieldOf(value, "unsure") === unsure : list.some(isAct);
  };
  const given = (value: unknown) =>
    isHeard(value) || isAct(value) || (act === undefined && unsure !== undefined && value === unsure);
  return trailOf(() => reading(text, state), { made: isHeard, given });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

import { performance } from "node:perf_hooks";
import type { NoAnswer } from "../../domain/question.ts";
import type { Model, ModelRequest } from "../../ports/model.ts";
import type { Learning } from "./dialect.ts";

/** What a configured model can do, as one question showed. */
export interface Capabilities {
  readonly model: string;
  /** Whether there was an answer at all, or why not. */
  readonly answers: boolean;
  readonly why: NoAnswer | null;
  readonly detail: string | null;
  /** Came piece by piece. */
  readonly stream: boolean;
  /** Held to the schema by the provider; otherwise the schema stands in the prompt. */
  readonly json_schema: boolean;
  /** Followed the schema, whoever held it to it. */
  readonly follows: boolean;
  readonly usage_in_stream: boolean;
  readonly ms: number;
}

/**
 * Puts one small question to a model and says what it can do. Costs about a hundred tokens; ends after `within_ms`;
 * never throws.
 */
export async function probe(model: Model & Partial<Learning>, within_ms: number): Promise<Capabilities> {
  let pieces = 0;
  const began = performance.now();
  const reply = await model.ask(QUESTION, {
    signal: AbortSignal.timeout(within_ms),
    onText: () => {
      pieces += 1;
    },
  });
  return {
    model: model.id,
    answers: reply.ok,
    why: reply.ok ? null : reply.why,
    detail: reply.ok ? null : reply.detail,
    stream: pieces > 1,
    json_schema: reply.ok && (model.strict?.() ?? false),
    follows: reply.ok && follows(reply.text),
    usage_in_stream: reply.tokens !== null,
    ms: Math.round(performance.now() - began),
  };
}

/** One line for the log. */
export function tableOf(found: Capabilities): string {
  const { model, answers, why, stream, json_schema, follows: schema, usage_in_stream, ms } = found;
  if (!answers) return `${model}: no answer (${why}) after ${ms} ms`;
  const rows = { stream, "strict schema": json_schema, "follows schema": schema, usage: usage_in_stream };
  const said = Object.entries(rows).map(([name, can]) => `${name} ${can ? "yes" : "no"}`);
  return `${model}: ${said.join(", ")}; ${ms} ms`;
}

const SYSTEM = "You test a connection. Answer in JSON: `text` counts from one to twenty in English words.";
const QUESTION: ModelRequest = {
  question: { prompt: "word", given: {}, heard: {} },
  prompt: {
    name: "probe",
    purpose: "tries what a model can do",
    version: 1,
    model: "wording",
    answer: "word",
    max_output_tokens: 400,
    temperature: null,
    hash: "probe",
    source: SYSTEM,
    file: "",
    inputs: {},
    render: () => ({ system: SYSTEM, user: "Go on." }),
  },
  rendered: { system: SYSTEM, user: "Go on." },
  schema: {
    name: "probe",
    json: {
      type: "object",
      properties: { text: { type: "string" } },
      required: ["text"],
      additionalProperties: false,
    },
    hash: "probe",
  },
};

function follows(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return false;
    return Object.keys(value).join() === "text" && typeof (value as { text: unknown }).text === "string";
  } catch {
    return false;
  }
}

import type { ModelRequest } from "../../ports/model.ts";
import { shapeOf } from "./failure.ts";

/**
 * What a server of the OpenAI wire turned out to know. Compatible servers differ, and say so with a 400 (some: 422)
 * that names what they do not take. Each thing is given up at most once and stays so for the adapter's life.
 */
export interface Dialect {
  readonly format: "json_schema" | "json_object" | "text";
  /** Usage at the end of a stream. */
  readonly usage: boolean;
  readonly temperature: boolean;
  readonly limit: "max_tokens" | "max_completion_tokens";
}

/** A model that finds out about its server. */
export interface Learning {
  /** Whether answers are held to their schema by the provider, as far as is known yet. */
  strict(): boolean;
}

/** OpenAI itself refuses `max_tokens` for its newer models; some compatible servers know nothing else. */
export function dialectOf(base_url: string | undefined): Dialect {
  return {
    format: "json_schema",
    usage: true,
    temperature: true,
    limit: base_url === undefined ? "max_completion_tokens" : "max_tokens",
  };
}

/** What to try instead after this error, or null when it says nothing about the dialect. */
export function learnt(error: unknown, used: Dialect): Dialect | null {
  const { status, message } = shapeOf(error);
  if (status !== 400 && status !== 422) return null;
  // The server knows the format and found a mistake in the schema: that must be seen, not worked around.
  if (/invalid schema/i.test(message)) return null;
  const param = (error as { param?: unknown }).param;
  const named = typeof param === "string" && param !== "" ? param : message;
  if (/response_format|json_schema|json_object|text\.format/.test(named) && used.format !== "text")
    return { ...used, format: used.format === "json_schema" ? "json_object" : "text" };
  if (/stream_options|include_usage/.test(named) && used.usage) return { ...used, usage: false };
  if (/temperature/.test(named) && used.temperature) return { ...used, temperature: false };
  // "Too large" names it too, and is no reason to call it something else.
  if (/max_tokens/.test(named) && UNKNOWN.test(message) && used.limit === "max_tokens")
    return { ...used, limit: "max_completion_tokens" };
  return null;
}

const UNKNOWN = /unsupported|not supported|unknown|unrecogni[sz]ed|not permitted|max_completion_tokens/i;

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/**
 * The messages of a request. The system's comes first and is the same for every question of a prompt, so that
 * providers that cache by prefix find it. Where no strict schema is sent, it ends with the schema.
 */
export function messagesOf(request: ModelRequest, strict: boolean): Message[] {
  const { rendered, repair, schema } = request;
  const system = strict
    ? rendered.system
    : `${rendered.system}\n\nAnswer with one JSON object and nothing else, of this JSON Schema:\n${JSON.stringify(schema.json)}`;
  return [
    { role: "system", content: system },
    { role: "user", content: rendered.user },
    ...(repair
      ? ([
          { role: "assistant", content: repair.answer },
          { role: "user", content: repair.problem },
        ] as const)
      : []),
  ];
}

/** Without the code fence that models put around JSON where no strict schema holds them. */
export function unfenced(text: string): string {
  return text.replace(/^\s*```(?:json)?\s*/i, "").replace(/\s*```\s*$/, "");
}

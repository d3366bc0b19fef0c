import type { Incoming } from "./answer.ts";

/** As much of LangChain's AIMessage as is read here; it differs by provider, so nothing of it is trusted to be there. */
export interface Raw {
  readonly content?: unknown;
  readonly tool_calls?: readonly { readonly name?: string; readonly args?: unknown }[];
  readonly usage_metadata?: { readonly input_tokens?: number; readonly output_tokens?: number };
  readonly response_metadata?: Readonly<Record<string, unknown>>;
  readonly additional_kwargs?: Readonly<Record<string, unknown>>;
}

/** What a listener is given beside the token. */
export interface RawChunk {
  readonly chunk?: {
    readonly generationInfo?: Readonly<Record<string, unknown>>;
    readonly message?: {
      readonly tool_call_chunks?: readonly { readonly name?: string; readonly args?: string }[];
    };
  };
}

/** The answer's text: its content, or what a provider without a JSON mode was made to put into the call `name`. */
export function textIn(raw: Raw, name: string): string {
  const text = typeof raw.content === "string" ? raw.content : partsOf(raw.content);
  const args = raw.tool_calls?.find((call) => call.name === name)?.args;
  return text === "" && args !== undefined ? JSON.stringify(args) : text;
}

/** Reads the arguments of the call `name` piece by piece; those of other calls are nobody's answer. */
export function callReader(name: string): (more: RawChunk | undefined) => string {
  let ours = false;
  return (more) => {
    let text = "";
    for (const piece of more?.chunk?.message?.tool_call_chunks ?? []) {
      if (piece.name) ours = piece.name === name;
      if (ours) text += piece.args ?? "";
    }
    return text;
  };
}

export function tokensIn(raw: Raw): Incoming["tokens"] {
  const usage = raw.usage_metadata;
  return usage ? { in: usage.input_tokens ?? 0, out: usage.output_tokens ?? 0 } : null;
}

/**
 * How it ended, under whichever name the provider says so. Null, cut off, only for a provider that is known to say it
 * always.
 */
export function endingOf(meta: Readonly<Record<string, unknown>>, provider: string): Incoming["finish"] {
  const said = [meta.finish_reason, meta.stop_reason, meta.finishReason, meta.done_reason].find(
    (each) => typeof each === "string",
  );
  const status = meta.status;
  if (said === undefined && status === undefined) return provider === "openai" ? null : "whole";
  const word = `${said ?? ""} ${status === "incomplete" ? JSON.stringify(meta.incomplete_details) : ""}`;
  if (/length|max_(?:output_)?tokens/i.test(word)) return "length";
  return /content_filter|safety|refusal|blocklist|prohibited|recitation/i.test(word) ? "filtered" : "whole";
}

function partsOf(content: unknown): string {
  if (!Array.isArray(content)) return "";
  return content
    .map((part: { text?: unknown }) => (typeof part?.text === "string" ? part.text : ""))
    .join("");
}

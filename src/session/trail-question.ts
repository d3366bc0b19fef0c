import type { Call } from "../domain/question.ts";
import type { Attributes, Span } from "../ports/tracer.ts";

/** Ends that are how a conversation goes: the counterpart spoke over it or left, or enough was heard. */
const ENDED: readonly Call["outcome"][] = ["answered", "aborted", "stopped"];

/**
 * What a question to a model leaves in a trace, by OpenTelemetry's semantic conventions for generative AI clients: who
 * was asked, what it took, why there was no answer. Never what was asked or answered.
 */
export function questionSpan(call: Call): NonNullable<Parameters<Span["end"]>[0]> {
  const { provider, model } = modelOf(call.model);
  const sent = call.requests > 0;
  const attributes: Attributes = {
    "gen_ai.output.type": "json",
    "parley.prompt": call.prompt,
    "parley.prompt.version": call.version,
    "parley.requests": call.requests,
    "parley.repaired": call.repaired,
    "parley.outcome": call.outcome,
    ...(sent ? { "gen_ai.provider.name": provider, "gen_ai.request.model": model } : {}),
    ...(sent ? { "gen_ai.response.model": call.reported ?? model } : {}),
    ...(call.tokens
      ? { "gen_ai.usage.input_tokens": call.tokens.in, "gen_ai.usage.output_tokens": call.tokens.out }
      : {}),
  };
  return {
    ...(sent ? { name: `chat ${model}` } : {}),
    attributes,
    ...(ENDED.includes(call.outcome) ? {} : { failed: call.outcome }),
  };
}

/** A model's line of configuration without its address: `openai-chat:qwen3:8b@http://...` is `qwen3:8b`. */
function modelOf(id: string): { provider: string; model: string } {
  const [, driver = "", name = ""] = /^([^:]*):?(.*?)(?:@https?:\/\/.*)?$/s.exec(id) ?? [];
  if (driver !== "langchain") return { provider: driver.replace("-chat", ""), model: name };
  const colon = name.indexOf(":");
  return { provider: name.slice(0, colon), model: name.slice(colon + 1) };
}

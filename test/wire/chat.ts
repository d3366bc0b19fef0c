import type { Asked, Step } from "./script.ts";
import { textOf } from "./script.ts";

/** The whole answer of `POST /v1/chat/completions`. */
export function chatWhole(asked: Asked, step: Step): Record<string, unknown> {
  return {
    ...head(asked, step, "chat.completion"),
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: step.refusal === undefined && !step.tool_calls ? textOf(step) : null,
          refusal: step.refusal ?? null,
          ...(step.tool_calls ? { tool_calls: toolCalls(step) } : {}),
          annotations: [],
        },
        logprobs: null,
        finish_reason: finishOf(step),
      },
    ],
    ...(step.usage === false ? {} : { usage: usageOf(asked, step) }),
  };
}

/** The events of the same answer as a stream, each the data of one. */
export function chatEvents(asked: Asked, step: Step, pieces: readonly string[]): string[] {
  const base = head(asked, step, "chat.completion.chunk");
  const chunk = (delta: Record<string, unknown>, finish: string | null = null) =>
    JSON.stringify({
      ...base,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...(asked.usage ? { usage: null } : {}),
    });
  const field = step.refusal === undefined ? "content" : "refusal";
  const events = [
    chunk({ role: "assistant", content: "", refusal: null }),
    ...(step.tool_calls
      ? toolCalls(step).map((call, index) => chunk({ tool_calls: [{ index, ...call }] }))
      : pieces.map((piece) => chunk({ [field]: piece }))),
  ];
  if (step.finish === "none") return events;
  events.push(chunk({}, finishOf(step)));
  if (asked.usage && step.usage !== false)
    events.push(JSON.stringify({ ...base, choices: [], usage: usageOf(asked, step) }));
  return [...events, "[DONE]"];
}

function head(asked: Asked, step: Step, object: string): Record<string, unknown> {
  return {
    id: `chatcmpl-${asked.n}`,
    object,
    created: 1_760_000_000,
    model: step.model ?? asked.model,
    service_tier: "default",
    system_fingerprint: "fp_wire",
  };
}

function toolCalls(step: Step) {
  return (step.tool_calls ?? []).map((call, n) => ({
    id: `call_${n + 1}`,
    type: "function",
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
}

function finishOf(step: Step): string | null {
  if (step.finish === "none") return null;
  return step.finish ?? (step.tool_calls ? "tool_calls" : "stop");
}

function usageOf(asked: Asked, step: Step): Record<string, unknown> {
  const [prompt, completion] = tokensOf(asked, step);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}

/** A token for every four characters: steady, so that tests can count on it. */
export function tokensOf(asked: Asked, step: Step): [input: number, output: number] {
  const said = asked.messages.reduce((sum, each) => sum + each.content.length, 0);
  return [Math.ceil(said / 4), Math.ceil((step.refusal ?? textOf(step)).length / 4)];
}

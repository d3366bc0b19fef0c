import { tokensOf } from "./chat.ts";
import type { Asked, Step } from "./script.ts";
import { textOf } from "./script.ts";

type Json = Record<string, unknown>;

/** The whole answer of `POST /v1/responses`. */
export function responsesWhole(asked: Asked, step: Step): Json {
  const incomplete =
    step.finish === "length"
      ? "max_output_tokens"
      : step.finish === "content_filter"
        ? "content_filter"
        : null;
  const [input, output] = tokensOf(asked, step);
  return {
    ...shell(asked, step),
    status: incomplete ? "incomplete" : "completed",
    incomplete_details: incomplete ? { reason: incomplete } : null,
    output: outputOf(step, incomplete ? "incomplete" : "completed"),
    usage:
      step.usage === false
        ? null
        : {
            input_tokens: input,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens: output,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: input + output,
          },
  };
}

/** The events of the same answer as a stream, in the order OpenAI sends them. */
export function responsesEvents(asked: Asked, step: Step, pieces: readonly string[]): Json[] {
  const begun = {
    ...shell(asked, step),
    status: "in_progress",
    incomplete_details: null,
    output: [],
    usage: null,
  };
  const end = responsesWhole(asked, step);
  const events: Json[] = [
    { type: "response.created", response: begun },
    { type: "response.in_progress", response: begun },
    ...(step.tool_calls ? toolEvents(step) : messageEvents(step, pieces)),
  ];
  if (step.finish !== "none")
    events.push({
      type: end.status === "completed" ? "response.completed" : "response.incomplete",
      response: end,
    });
  return events.map((event, sequence_number) => ({ ...event, sequence_number }));
}

function messageEvents(step: Step, pieces: readonly string[]): Json[] {
  const at = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const refused = step.refusal !== undefined;
  const kind = refused ? "refusal" : "output_text";
  const [item] = outputOf(step, "completed");
  const empty = refused
    ? { type: kind, refusal: "" }
    : { type: kind, text: "", annotations: [], logprobs: [] };
  return [
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { id: "msg_1", type: "message", status: "in_progress", role: "assistant", content: [] },
    },
    { type: "response.content_part.added", ...at, part: empty },
    ...pieces.map((delta) => ({
      type: `response.${kind}.delta`,
      ...at,
      delta,
      ...(refused ? {} : { logprobs: [] }),
    })),
    ...(step.finish === "none"
      ? []
      : [
          refused
            ? { type: "response.refusal.done", ...at, refusal: step.refusal }
            : { type: "response.output_text.done", ...at, text: textOf(step), logprobs: [] },
          { type: "response.content_part.done", ...at, part: partOf(step) },
          { type: "response.output_item.done", output_index: 0, item },
        ]),
  ];
}

function toolEvents(step: Step): Json[] {
  return outputOf(step, "completed").flatMap((item, output_index): Json[] => [
    {
      type: "response.output_item.added",
      output_index,
      item: { ...item, status: "in_progress", arguments: "" },
    },
    { type: "response.function_call_arguments.delta", item_id: item.id, output_index, delta: item.arguments },
    {
      type: "response.function_call_arguments.done",
      item_id: item.id,
      output_index,
      arguments: item.arguments,
    },
    { type: "response.output_item.done", output_index, item },
  ]);
}

function outputOf(step: Step, status: string): Json[] {
  if (step.tool_calls)
    return step.tool_calls.map((call, n) => ({
      id: `fc_${n + 1}`,
      type: "function_call",
      status,
      call_id: `call_${n + 1}`,
      name: call.name,
      arguments: JSON.stringify(call.arguments),
    }));
  return [{ id: "msg_1", type: "message", status, role: "assistant", content: [partOf(step)] }];
}

function partOf(step: Step): Json {
  if (step.refusal !== undefined) return { type: "refusal", refusal: step.refusal };
  return { type: "output_text", text: textOf(step), annotations: [], logprobs: [] };
}

function shell(asked: Asked, step: Step): Json {
  return {
    id: `resp_${asked.n}`,
    object: "response",
    created_at: 1_760_000_000,
    model: step.model ?? asked.model,
    error: null,
    instructions: asked.body.instructions ?? null,
    metadata: {},
    parallel_tool_calls: true,
    previous_response_id: null,
    store: asked.body.store ?? true,
    temperature: asked.body.temperature ?? 1,
    text: asked.body.text ?? { format: { type: "text" } },
    tool_choice: "auto",
    tools: [],
    top_p: 1,
    truncation: "disabled",
  };
}

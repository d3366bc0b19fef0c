import type OpenAI from "openai";
import type { ModelRequest } from "../../ports/model.ts";
import { type Incoming, take } from "./answer.ts";
import { type Dialect, messagesOf } from "./dialect.ts";
import type { Put } from "./put.ts";

type Body = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, "stream">;

/** One request to Chat Completions. */
export const askChat: Put = async (client, model, request, dialect, answer, options) => {
  const body = bodyOf(model, request, dialect);
  const { signal, onText } = options;
  if (onText === undefined) {
    const whole = await client.chat.completions.create(body, { signal });
    const choice = whole?.choices?.[0];
    if (choice === undefined) throw new SyntaxError("an answer without choices");
    about(answer, whole);
    answer.finish = finishOf(choice.finish_reason) ?? "whole";
    answer.refusal += choice.message?.refusal ?? "";
    return take(answer, choice.message?.content ?? "");
  }
  const usage = dialect.usage ? { stream_options: { include_usage: true } } : {};
  const stream = await client.chat.completions.create({ ...body, ...usage, stream: true }, { signal });
  let any = false;
  for await (const chunk of stream) {
    any = true;
    about(answer, chunk);
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    answer.refusal += choice.delta?.refusal ?? "";
    answer.finish = finishOf(choice.finish_reason) ?? answer.finish;
    // Leaving the loop ends the request upstream.
    if (!take(answer, choice.delta?.content ?? "", onText)) return false;
  }
  if (!any && !signal.aborted) throw new SyntaxError("a stream without events");
  return true;
};

function bodyOf(model: string, request: ModelRequest, dialect: Dialect): Body {
  const { prompt, schema } = request;
  return {
    model,
    messages: messagesOf(request, dialect.format === "json_schema"),
    [dialect.limit]: prompt.max_output_tokens,
    ...(dialect.temperature && prompt.temperature !== null ? { temperature: prompt.temperature } : {}),
    ...(dialect.format === "json_schema"
      ? {
          response_format: {
            type: "json_schema",
            json_schema: { name: schema.name, schema: schema.json, strict: true },
          },
        }
      : dialect.format === "json_object"
        ? { response_format: { type: "json_object" } }
        : {}),
  };
}

function about(answer: Incoming, part: { model?: string; usage?: OpenAI.CompletionUsage | null }): void {
  if (part.model) answer.model = part.model;
  const { usage } = part;
  if (usage) answer.tokens = { in: usage.prompt_tokens ?? 0, out: usage.completion_tokens ?? 0 };
}

function finishOf(reason: string | null | undefined): Incoming["finish"] {
  if (reason === null || reason === undefined) return null;
  return reason === "length" ? "length" : reason === "content_filter" ? "filtered" : "whole";
}

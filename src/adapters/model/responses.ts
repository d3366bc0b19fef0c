import type OpenAI from "openai";
import type { ModelRequest } from "../../ports/model.ts";
import { type Incoming, take } from "./answer.ts";
import { type Dialect, messagesOf } from "./dialect.ts";
import type { Put } from "./put.ts";

type Body = Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, "stream">;

/** One request to the Responses API. `store: false`, as nobody else is to keep what counterparts say. */
export const askResponses: Put = async (client, model, request, dialect, answer, options) => {
  const body = bodyOf(model, request, dialect);
  const { signal, onText } = options;
  if (onText === undefined) {
    const whole = await client.responses.create(body, { signal });
    ended(answer, whole);
    const parts = (whole.output ?? []).flatMap((item) => (item.type === "message" ? item.content : []));
    answer.refusal = parts.map((part) => (part.type === "refusal" ? part.refusal : "")).join("");
    return take(answer, parts.map((part) => (part.type === "output_text" ? part.text : "")).join(""));
  }
  const stream = await client.responses.create({ ...body, stream: true }, { signal });
  let any = false;
  for await (const event of stream) {
    any = true;
    if (event.type === "response.output_text.delta") {
      // Leaving the loop ends the request upstream.
      if (!take(answer, event.delta, onText)) return false;
    } else if (event.type === "response.refusal.delta") answer.refusal += event.delta;
    else if (
      event.type === "response.completed" ||
      event.type === "response.incomplete" ||
      event.type === "response.failed"
    )
      ended(answer, event.response);
  }
  if (!any && !signal.aborted) throw new SyntaxError("a stream without events");
  return true;
};

function bodyOf(model: string, request: ModelRequest, dialect: Dialect): Body {
  const { prompt, schema } = request;
  const strict = dialect.format === "json_schema";
  const [system, ...input] = messagesOf(request, strict);
  return {
    model,
    instructions: system?.content ?? "",
    input: input.map(({ role, content }) => ({ role, content })),
    max_output_tokens: prompt.max_output_tokens,
    store: false,
    ...(dialect.temperature && prompt.temperature !== null ? { temperature: prompt.temperature } : {}),
    ...(strict
      ? { text: { format: { type: "json_schema", name: schema.name, schema: schema.json, strict: true } } }
      : dialect.format === "json_object"
        ? { text: { format: { type: "json_object" } } }
        : {}),
  };
}

/** Takes in how it ended. Throws what the provider says went wrong. */
function ended(answer: Incoming, response: OpenAI.Responses.Response): void {
  if (typeof response !== "object" || response === null || !Array.isArray(response.output))
    throw new SyntaxError("an answer without output");
  if (response.status === "failed" || response.error) throw response.error ?? new SyntaxError("failed");
  const { usage, incomplete_details } = response;
  answer.model = response.model || answer.model;
  if (usage) answer.tokens = { in: usage.input_tokens ?? 0, out: usage.output_tokens ?? 0 };
  const why = incomplete_details?.reason;
  answer.finish = why === "content_filter" ? "filtered" : why ? "length" : "whole";
}

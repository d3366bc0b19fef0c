import type { IncomingHttpHeaders } from "node:http";
import type { Asked } from "./script.ts";
import { strictProblem } from "./strict.ts";

/** An error as OpenAI words it. */
export interface Refused {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** Things that compatible servers do not know and answer 400 to. */
export type Unknown =
  | "json_schema"
  | "json_object"
  | "stream_options"
  | "temperature"
  | "max_tokens"
  | "max_completion_tokens";

const CHAT = new Set(
  `audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages
  metadata modalities model moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key
  prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier
  stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity
  web_search_options`.split(/\s+/),
);
const RESPONSES = new Set(
  `background context_management conversation include input instructions max_output_tokens max_tool_calls metadata
  model moderation parallel_tool_calls previous_response_id prompt prompt_cache_key prompt_cache_options
  prompt_cache_retention reasoning safety_identifier service_tier store stream stream_options temperature text
  tool_choice tools top_logprobs top_p truncation user`.split(/\s+/),
);

/** What a request asks, or why OpenAI would refuse it. */
export function readRequest(
  api: "chat" | "responses",
  body: unknown,
  headers: IncomingHttpHeaders,
  n: number,
  unknown: readonly Unknown[],
): Asked | Refused {
  if (!isRecord(body)) return bad("We could not parse the JSON body of your request.", null);
  const strange = Object.keys(body).find((name) => !(api === "chat" ? CHAT : RESPONSES).has(name));
  if (strange !== undefined) return bad(`Unknown parameter: '${strange}'.`, strange, "unknown_parameter");
  if (typeof body.model !== "string") return bad("you must provide a model parameter", "model");
  for (const name of ["stream_options", "temperature", "max_tokens", "max_completion_tokens"] as const)
    if (unknown.includes(name) && body[name] !== undefined)
      return bad(
        `Unsupported parameter: '${name}' is not supported with this model.`,
        name,
        "unsupported_parameter",
      );
  if (body.stream_options !== undefined && body.stream !== true)
    return bad("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options");
  const messages = api === "chat" ? chatMessages(body) : responsesMessages(body);
  if (!Array.isArray(messages)) return messages;
  const format = formatOf(api, body, unknown, messages);
  if (format !== null && "status" in format) return format;
  const options = isRecord(body.stream_options) ? body.stream_options : {};
  return {
    n,
    api,
    stream: body.stream === true,
    model: body.model,
    messages,
    system: messages
      .filter((each) => each.role === "system" || each.role === "developer")
      .map((each) => each.content)
      .join("\n"),
    user: messages.findLast((each) => each.role === "user")?.content ?? "",
    schema: format,
    usage: api === "responses" || body.stream !== true || options.include_usage === true,
    headers,
    body,
  };
}

type Messages = { role: string; content: string }[];

function chatMessages(body: Record<string, unknown>): Messages | Refused {
  if (!Array.isArray(body.messages) || body.messages.length === 0)
    return bad("Invalid 'messages': empty array. Expected an array with minimum length 1.", "messages");
  const messages: Messages = [];
  for (const [n, each] of body.messages.entries()) {
    if (!isRecord(each) || !["system", "developer", "user", "assistant", "tool"].includes(String(each.role)))
      return bad(`Invalid value: 'messages[${n}].role'.`, `messages[${n}].role`);
    messages.push({ role: String(each.role), content: contentOf(each.content) });
  }
  return messages;
}

function responsesMessages(body: Record<string, unknown>): Messages | Refused {
  const messages: Messages =
    typeof body.instructions === "string" ? [{ role: "system", content: body.instructions }] : [];
  if (typeof body.input === "string") return [...messages, { role: "user", content: body.input }];
  if (!Array.isArray(body.input)) return bad("Missing required parameter: 'input'.", "input");
  for (const [n, each] of body.input.entries()) {
    if (!isRecord(each) || (each.role === undefined && each.type === undefined))
      return bad(`Invalid type for 'input[${n}]'.`, `input[${n}]`);
    messages.push({ role: String(each.role ?? each.type), content: contentOf(each.content) });
  }
  return messages;
}

function contentOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isRecord(part) && typeof part.text === "string" ? part.text : "")).join("");
}

function formatOf(
  api: "chat" | "responses",
  body: Record<string, unknown>,
  unknown: readonly Unknown[],
  messages: Messages,
): { name: string; json: unknown } | Refused | null {
  const text = isRecord(body.text) ? body.text : {};
  const format = api === "chat" ? body.response_format : text.format;
  if (!isRecord(format)) return null;
  const param = api === "chat" ? "response_format" : "text.format";
  if (format.type === "json_schema" && unknown.includes("json_schema"))
    return bad(`'${param}.type' must be 'text' or 'json_object'`, param);
  if (format.type === "json_object" && unknown.includes("json_object"))
    return bad(`'${param}.type' must be 'text'`, param);
  if (format.type === "json_object" && !messages.some((each) => /json/i.test(each.content)))
    return bad(
      `'messages' must contain the word 'json' in some form, to use '${param}' of type 'json_object'.`,
      "messages",
    );
  if (format.type !== "json_schema") return null;
  const spec = api === "chat" ? format.json_schema : format;
  if (!isRecord(spec) || typeof spec.name !== "string")
    return bad(`Missing required parameter: '${param}.name'.`, `${param}.name`, "missing_required_parameter");
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(spec.name))
    return bad(`Invalid '${param}.name': string does not match pattern.`, `${param}.name`, "invalid_value");
  const problem = spec.strict === true ? strictProblem(spec.schema) : null;
  if (problem) return bad(`Invalid schema for response_format '${spec.name}': ${problem}`, param);
  return { name: spec.name, json: spec.schema };
}

function bad(message: string, param: string | null, code: string | null = null): Refused {
  return { status: 400, message, type: "invalid_request_error", param, code };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

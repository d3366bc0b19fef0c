import { Fault } from "../../domain/fault.ts";
import type { Model, ModelOptions, ModelReply, ModelRequest } from "../../ports/model.ts";
import { incoming, settled, take, tooLong } from "./answer.ts";
import { type Learning, learnt, messagesOf, unfenced } from "./dialect.ts";
import { endOf, failed, failureOf, redacted, shapeOf } from "./failure.ts";
import { guardedFetch } from "./guard.ts";
import { callReader, endingOf, type Raw, type RawChunk, textIn, tokensIn } from "./langchain-message.ts";

export interface LangChainOptions {
  readonly id: string;
  /** As `initChatModel` names it: `anthropic`, `google`, `mistralai`, `openai` ... */
  readonly provider: string;
  readonly model: string;
  readonly base_url?: string;
  /** Where absent, the provider's own package looks for one where its documentation says. */
  readonly key?: string;
}

const QUIET = { logLevel: "off", fetch: guardedFetch } as const;

/** Providers whose class is OpenAI's: silent, and held to the bound on bytes. */
const OPENAI_WIRE = new Set(["openai", "deepseek"]);

/** Where each provider's class takes a base URL; the others take none. */
const URL_FIELD: Readonly<Record<string, (url: string) => Record<string, unknown>>> = {
  // The Responses API is what compatible servers do not have.
  openai: (url) => ({ configuration: { ...QUIET, baseURL: url }, useResponsesApi: false }),
  deepseek: (url) => ({ configuration: { ...QUIET, baseURL: url } }),
  anthropic: (url) => ({ anthropicApiUrl: url }),
  ollama: (url) => ({ baseUrl: url }),
  mistralai: (url) => ({ serverURL: url }),
  groq: (url) => ({ baseUrl: url }),
};

/** Where a provider's class takes the bound on output, when not as `maxTokens`. */
const LIMIT_FIELD: Readonly<Record<string, string>> = {
  google: "maxOutputTokens",
  "google-genai": "maxOutputTokens",
  "google-vertexai": "maxOutputTokens",
  "google-vertexai-web": "maxOutputTokens",
  ollama: "numPredict",
};

/** Models made for a prompt and schema; more than these means that prompts were edited, and all begin again. */
const KEPT = 32;

interface Chat {
  invoke(messages: unknown, options: Record<string, unknown>): Promise<unknown>;
  withStructuredOutput(schema: unknown, options: Record<string, unknown>): Chat;
}

/**
 * Any model that LangChain's `initChatModel` reaches. Answers always come as a stream, so that a flood of them can be
 * ended. Trap: LangChain sends everything to LangSmith when the environment says LANGSMITH_TRACING=true.
 * Throws `bad_config` when the provider is unknown or its package is not installed.
 */
export async function openLangChain(options: LangChainOptions): Promise<Model & Learning> {
  const { initChatModel } = await import("langchain/chat_models/universal");
  const make = async (request: ModelRequest | null, usage: boolean): Promise<Chat> => {
    const fields = fieldsOf(options, request, usage);
    return (await initChatModel(options.model, fields)) as unknown as Chat;
  };
  try {
    await make(null, true);
  } catch (error) {
    throw unusable(options, error);
  }
  const made = new Map<string, Promise<Chat>>();
  let loose = false;
  let usage = true;

  const chatFor = (request: ModelRequest, plain: boolean): Promise<Chat> => {
    const name = `${request.prompt.hash} ${request.schema.hash} ${plain} ${usage}`;
    if (made.size >= KEPT) made.clear();
    const known =
      made.get(name) ?? make(request, usage).then((chat) => shaped(chat, request, plain, options));
    made.set(name, known);
    return known;
  };

  const ask = async (request: ModelRequest, given: ModelOptions): Promise<ModelReply> => {
    for (;;) {
      const plain = loose;
      try {
        return await put(await chatFor(request, plain), request, given, plain, options);
      } catch (error) {
        const dialect = {
          format: "json_schema",
          usage,
          temperature: false,
          limit: "max_completion_tokens",
        } as const;
        const next = given.signal.aborted ? null : learnt(error, dialect);
        if (!plain && (next?.format === "json_object" || UNABLE.test(shapeOf(error).message))) loose = true;
        else if (usage && next?.usage === false) usage = false;
        else return failureOf(error, { signal: given.signal, begun: false, key: options.key });
      }
    }
  };
  return { id: options.id, ask, strict: () => !loose };
}

/** How LangChain says that a provider has no structured output. */
const UNABLE = /withStructuredOutput|does not support structured output|bindTools|does not support tool/i;

/** One request. Throws what happened before any answer came. */
async function put(
  chat: Chat,
  request: ModelRequest,
  given: ModelOptions,
  plain: boolean,
  options: LangChainOptions,
): Promise<ModelReply> {
  const answer = incoming(options.model);
  const flood = new AbortController();
  const onText = given.onText && plain ? (text: string) => given.onText?.(unfenced(text)) : given.onText;
  // LangChain names the call after the schema's title, where it has one.
  const called =
    typeof request.schema.json.title === "string" ? request.schema.json.title : request.schema.name;
  const inCall = callReader(called);
  // In a stream, how it ended stands beside the pieces and not in the message they make.
  let ending: Record<string, unknown> = {};
  const listener = {
    // Makes `invoke` read a stream, whatever the provider.
    lc_prefer_streaming: true,
    awaitHandlers: true,
    handleLLMNewToken: (
      token: string,
      _1: unknown,
      _2: unknown,
      _3: unknown,
      _4: unknown,
      more?: RawChunk,
    ) => {
      ending = { ...ending, ...more?.chunk?.generationInfo };
      if (!take(answer, token || inCall(more), onText)) flood.abort();
    },
  };
  try {
    const messages = messagesOf(request, !plain).map(({ role, content }) => ({ role, content }));
    const signal = AbortSignal.any([given.signal, flood.signal]);
    const result = await chat.invoke(messages, { signal, callbacks: [listener] });
    const raw = (plain ? result : (result as { raw: Raw }).raw) as Raw;
    if (answer.bytes === 0) take(answer, textIn(raw, called), onText);
    const meta = { ...ending, ...raw.response_metadata };
    answer.tokens = tokensIn(raw);
    answer.finish = endingOf(meta, options.provider);
    answer.refusal = typeof raw.additional_kwargs?.refusal === "string" ? raw.additional_kwargs.refusal : "";
    answer.model = [meta.model_name, meta.model].find((each) => typeof each === "string") ?? answer.model;
    return settled(plain ? { ...answer, text: unfenced(answer.text) } : answer);
  } catch (error) {
    if (given.signal.aborted) return failed(endOf(given.signal), "the request was ended", answer.tokens);
    if (flood.signal.aborted) return tooLong(answer);
    if (answer.bytes === 0) throw error;
    return failureOf(error, { signal: given.signal, begun: true, key: options.key });
  }
}

function shaped(chat: Chat, request: ModelRequest, plain: boolean, options: LangChainOptions): Chat {
  if (plain) return chat;
  const { name, json } = request.schema;
  // Other providers' classes refuse options they do not know; their own default is their best.
  const strict = options.provider === "openai" ? { method: "jsonSchema", strict: true } : {};
  return chat.withStructuredOutput(json, { name, includeRaw: true, ...strict });
}

function fieldsOf(options: LangChainOptions, request: ModelRequest | null, usage: boolean) {
  const { provider, base_url, key } = options;
  const place = base_url === undefined ? undefined : URL_FIELD[provider];
  if (base_url !== undefined && place === undefined)
    throw new Fault("bad_config", `a base URL is not known to work for LangChain's provider "${provider}"`);
  const local = base_url !== undefined && provider === "openai";
  return {
    modelProvider: provider,
    maxRetries: 0,
    ...(OPENAI_WIRE.has(provider) ? { configuration: QUIET } : {}),
    ...(key !== undefined ? { apiKey: key } : local ? { apiKey: "none" } : {}),
    ...(base_url !== undefined && place ? place(base_url) : {}),
    ...(usage ? {} : { streamUsage: false }),
    ...(request ? { [LIMIT_FIELD[provider] ?? "maxTokens"]: request.prompt.max_output_tokens } : {}),
    ...(request && request.prompt.temperature !== null ? { temperature: request.prompt.temperature } : {}),
  };
}

function unusable(options: LangChainOptions, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const message = redacted(shapeOf(error).message, options.key);
  const missing = /Unable to import (\S+?)\. /.exec(message)?.[1];
  if (missing) {
    const what = `langchain:${options.provider}:... needs the package ${missing}`;
    return new Fault("bad_config", `${what}: npm install ${missing}`, { cause: error });
  }
  return new Fault("bad_config", `LangChain cannot open ${options.id}: ${message}`, { cause: error });
}

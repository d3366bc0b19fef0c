import { Fault } from "../../domain/fault.ts";
import type { Model } from "../../ports/model.ts";

export interface ModelConfig {
  /** Sent to the model's server and nowhere else; never part of an id, a log line or an error. */
  readonly key?: string;
  /** Where the server is, when the line does not say. */
  readonly base_url?: string;
}

/** One line of configuration, taken apart. */
export interface ModelSpec {
  readonly driver: string;
  /** After the driver and before the base URL, as written. */
  readonly name: string;
  readonly base_url: string | undefined;
  /** The line as it may be logged. */
  readonly id: string;
}

type Driver = (spec: ModelSpec, key: string | undefined) => Promise<Model>;

const DRIVERS: Readonly<Record<string, Driver>> = {
  openai: async (spec, key) =>
    (await import("./openai.ts")).openOpenAI({ ...place(spec, key), api: "responses", model: spec.name }),
  "openai-chat": async (spec, key) =>
    (await import("./openai.ts")).openOpenAI({ ...place(spec, key), api: "chat", model: spec.name }),
  langchain: async (spec, key) =>
    (await import("./langchain.ts")).openLangChain({ ...place(spec, key), ...provider(spec) }),
  tape: async (spec) => (await import("./tape.ts")).openTape(spec.name),
};

const FORMS = [
  "openai:<model>",
  "openai:<model>@<base-url>",
  "openai-chat:<model>@<base-url>",
  "langchain:<provider>:<model>[@<base-url>]",
  "tape:<file>",
];

/**
 * A model from one line of configuration:
 *
 * - `openai:gpt-5-mini`: OpenAI's Responses API; with `@<base-url>` at a server that has it.
 * - `openai-chat:qwen3:8b@http://127.0.0.1:11434/v1`: Chat Completions, at vLLM, llama.cpp, Ollama, a proxy.
 * - `langchain:anthropic:claude-sonnet-5`: whatever LangChain reaches; the provider's package must be installed.
 * - `tape:fixtures/tapes/counter-offer.yaml`: what was recorded.
 *
 * The driver ends at the first colon. A base URL begins at the first `@http://` or `@https://`; so a model's name may
 * hold colons, slashes and `@`, as `deepseek-ai/DeepSeek-V3@main` does. Libraries are loaded when a model of theirs is
 * opened. Throws `bad_config`, naming what is wrong and the right form.
 */
export async function openModel(line: string, config: ModelConfig = {}): Promise<Model> {
  const spec = parseSpec(line, config.base_url);
  const driver = DRIVERS[spec.driver];
  if (driver === undefined) throw wrong(`there is no model driver "${spec.driver}"`);
  const theirs = spec.driver === "openai" || spec.driver === "openai-chat";
  if (theirs && spec.base_url === undefined && !config.key)
    throw new Fault(
      "bad_config",
      `${spec.id} is at api.openai.com and needs a key: set PARLEY_MODEL_KEY or OPENAI_API_KEY`,
    );
  return driver(spec, config.key || undefined);
}

/** Takes a line apart without opening anything. Throws `bad_config`. */
export function parseSpec(line: string, base_url?: string): ModelSpec {
  const text = line.trim();
  const colon = text.indexOf(":");
  if (colon < 1) throw wrong("a model is named by a driver, a colon and the rest");
  const driver = text.slice(0, colon);
  const rest = text.slice(colon + 1);
  if (driver === "tape") return { driver, name: needed(rest, "a file"), base_url: undefined, id: text };
  const at = rest.search(/@https?:\/\//);
  const name = needed(at < 0 ? rest : rest.slice(0, at), "a model");
  const url = at < 0 ? base_url : rest.slice(at + 1);
  const place = url === undefined ? undefined : checkedUrl(url);
  if (/@\S*:\/\//.test(name)) throw wrong("a base URL begins with http:// or https://");
  return { driver, name, base_url: place, id: `${driver}:${name}${place === undefined ? "" : `@${place}`}` };
}

/** The message of a fault about a URL never repeats it: it may hold a password. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw wrong("the base URL cannot be read");
  if (url.username || url.password)
    throw wrong("a base URL holds no user or password; the key is set by itself");
  if (url.search || url.hash) throw wrong("a base URL has no ? and no #");
  return text.replace(/\/+$/, "");
}

function needed(text: string, what: string): string {
  if (text.trim() === "") throw wrong(`it names no ${what.replace(/^an? /, "")}`);
  return text;
}

function provider(spec: ModelSpec): { provider: string; model: string } {
  const colon = spec.name.indexOf(":");
  if (colon < 1 || colon === spec.name.length - 1) throw wrong("LangChain needs a provider and a model");
  return { provider: spec.name.slice(0, colon), model: spec.name.slice(colon + 1) };
}

function place(spec: ModelSpec, key: string | undefined) {
  return {
    id: spec.id,
    ...(spec.base_url === undefined ? {} : { base_url: spec.base_url }),
    ...(key === undefined ? {} : { key }),
  };
}

function wrong(what: string): Fault {
  return new Fault("bad_config", `${what}. A model is one of: ${FORMS.join(", ")}`);
}

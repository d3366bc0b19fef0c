import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import { nearest } from "./nearest.ts";

/** A list written with commas in the environment, or as a list in a file. */
const list = z.preprocess(
  (value) =>
    typeof value === "string"
      ? value
          .split(",")
          .map((item) => item.trim())
          .filter(Boolean)
      : value,
  z.array(z.string()),
);
const flag = z.preprocess(
  (value) => (value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : value),
  z.boolean(),
);

/** Dollars for a million tokens, in and out, kept in millionths of a dollar. */
const price = z
  .string()
  .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/, "dollars for a million tokens in and out, as 0.25/2")
  .transform((text) => {
    const [input = 0, output = 0] = text.split("/").map(Number);
    return { in: Math.round(input * 1_000_000), out: Math.round(output * 1_000_000) };
  });

/**
 * Everything that can be set, by environment (`PARLEY_` and the name in capitals: `PARLEY_PORT`) or in a YAML file
 * named by `PARLEY_CONFIG` (the names as they stand here). The environment wins.
 */
const Settings = z.strictObject({
  host: z.string().default("127.0.0.1"),
  /** 0 takes any free port. */
  port: z.coerce.number().int().min(0).max(65_535).default(8787),
  /** Where the database, the keys and the tokens live. */
  home: z.string().default(".parley"),
  /** Folder of the vendor's files. */
  vendor: z.string().default(fileURLToPath(new URL("../../fixtures/vendors/demo", import.meta.url))),
  /** The address others reach the gateway at, when a proxy stands before it. */
  public_url: z.url().optional(),
  /** Origins of web pages that may connect beside the gateway's own; `*` for any. */
  origins: list.default([]),
  /** API keys as `name=key`, for buyers. */
  api_keys: list
    .refine(
      (items) => items.every((item) => /^[^=]+=.{16,}$/.test(item)),
      "name=key with keys of 16 characters or more",
    )
    .default([]),
  /** No buyer enters without an API key. */
  require_api_key: flag.default(false),
  messages_per_minute: z.coerce.number().int().min(1).max(10_000_000).default(BOUNDS.messages_per_minute),
  connections: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
  /** Where bound orders are posted; without it they are appended to `orders.jsonl` in `home`. */
  webhook_url: z.url({ protocol: /^https?$/ }).optional(),
  /**
   * A language model that helps to read and to word, as `openai:NAME`, `openai-chat:NAME@http://host:port/v1`,
   * `langchain:PROVIDER:NAME` or `tape:FILE`; without it the house does both alone.
   */
  model: z.string().max(400).optional(),
  /** Another, usually cheaper, for reading and research. */
  model_reading: z.string().max(400).optional(),
  /** Key of the model's provider; without it the provider's own variable (`OPENAI_API_KEY`, ...) is read. */
  model_key: z.string().max(400).optional(),
  /** The same for the model that reads; a key is never sent to another place than the one it was given for. */
  model_reading_key: z.string().max(400).optional(),
  /** US dollars for a million tokens in and out, as `0.25/2`; without it costs are unknown. */
  model_price: price.optional(),
  model_reading_price: price.optional(),
  /** US dollars one session may spend on models; needs the price. */
  model_session_usd: z.coerce.number().min(0).max(1_000).optional(),
  /** Folder of the prompts; edits are taken while the gateway runs. */
  prompts: z.string().default(fileURLToPath(new URL("../../prompts", import.meta.url))),
  log_level: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** Milliseconds over which clients are told to come back when the gateway stops. */
  drain_spread_ms: z.coerce.number().int().min(0).max(600_000).default(2_000),
});
export type Config = z.infer<typeof Settings>;

/** The only reader of the environment. Throws `bad_config` naming the setting, its value's problem and where it was. */
export async function loadConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const file = env.PARLEY_CONFIG;
  const fromFile = file ? await readFile(file) : {};
  const fromEnv: Record<string, string> = {};
  for (const name of Object.keys(Settings.shape)) {
    const value = env[`PARLEY_${name.toUpperCase()}`];
    if (value !== undefined && value !== "") fromEnv[name] = value;
  }
  const keys = keysOf({ ...fromFile, ...fromEnv }, env.OPENAI_API_KEY);
  const strange = Object.keys(env).filter((name) => name.startsWith("PARLEY_") && !KNOWN.includes(name));
  if (strange.length > 0) {
    const hints = strange.map((name) => `there is no setting ${name}; is it ${nearest(name, SETTINGS)}?`);
    throw new Fault("bad_config", hints.join("\n"));
  }
  const parsed = Settings.safeParse({ ...fromFile, ...fromEnv, ...keys });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      if (issue.code === "unrecognized_keys") return `${file}: there is no setting ${issue.keys.join(", ")}`;
      const name = String(issue.path[0] ?? "");
      const where = name in fromEnv ? `PARLEY_${name.toUpperCase()}` : `${file}: ${name}`;
      return `${where}: ${problemOf(issue, fromEnv[name])}`;
    });
    throw new Fault("bad_config", problems.join("\n"));
  }
  const idle = idleOf(parsed.data);
  if (idle.length > 0) throw new Fault("bad_config", idle.join("\n"));
  const { home, vendor, prompts, ...rest } = parsed.data;
  return { ...rest, home: path(home), vendor: path(vendor), prompts: path(prompts) };
}

/** Settings that would have no effect: worse than none, where they are to bound what is spent. */
function idleOf(config: Config): string[] {
  const { model, model_reading, model_session_usd: usd, model_price, model_reading_price } = config;
  const needs = (name: keyof Config, other: keyof Config) =>
    `PARLEY_${name.toUpperCase()} has no effect without PARLEY_${other.toUpperCase()}`;
  const alone = (["model_reading", "model_price", "model_session_usd"] as const)
    .filter((name) => config[name] !== undefined && model === undefined)
    .map((name) => needs(name, "model"));
  const unpriced = usd !== undefined && model !== undefined;
  return [
    ...alone,
    ...(model_reading_price && !model_reading ? [needs("model_reading_price", "model_reading")] : []),
    ...(unpriced && !model_price ? [needs("model_session_usd", "model_price")] : []),
    ...(unpriced && model_reading && model_reading !== model && !model_reading_price
      ? [needs("model_session_usd", "model_reading_price")]
      : []),
  ];
}

/**
 * The keys of both models where they are not given: OpenAI's own variable is for OpenAI's own servers, and the key of one
 * model is the other's only at the same place, for a key must not travel to another address.
 */
function keysOf(given: Record<string, unknown>, openai: string | undefined): Record<string, string> {
  const [wording, reading] = [placeOf(given.model), placeOf(given.model_reading)];
  const own: Record<string, string> = openai ? { [OPENAI]: openai } : {};
  const keys: Record<string, unknown> = {
    model_key: given.model_key ?? own[wording],
    model_reading_key:
      given.model_reading_key ?? (reading === wording ? given.model_key : undefined) ?? own[reading],
  };
  return Object.fromEntries(
    Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const OPENAI = "openai";

/** Whose servers a model is at: an address, or a provider's own. */
function placeOf(line: unknown): string {
  const [, driver = "", provider = ""] = /^\s*([^:]*):([^:]*)/.exec(String(line ?? "")) ?? [];
  const [, address] = /@(https?:\/\/.*)$/.exec(String(line ?? "")) ?? [];
  if (address) return URL.canParse(address) ? new URL(address).host : address;
  return driver === "langchain" ? provider : driver.replace("-chat", "");
}

const SETTINGS = [
  ...Object.keys(Settings.shape).map((name) => `PARLEY_${name.toUpperCase()}`),
  "PARLEY_CONFIG",
];
/** The last three are read by tests and measurements only. */
const KNOWN = [...SETTINGS, "PARLEY_DATA", "PARLEY_REQUIRE_ALL", "PARLEY_RUNS"];

/** Where the environment gave text for a number, both are said: the schema only ever sees NaN. */
function problemOf(issue: z.core.$ZodIssue, given: string | undefined): string {
  if (issue.code === "invalid_type" && issue.expected === "number" && given !== undefined)
    return `expected a number, got "${given}"`;
  return issue.message;
}

/** What of a home draws the limits above the floors. */
export const LIMIT_KEYS = "limit-keys.json";

/** The one database file of a home. */
export function databasePath(config: Pick<Config, "home">): string {
  return join(config.home, "parley.db");
}

function path(given: string): string {
  return resolve(given.startsWith("~/") ? join(homedir(), given.slice(2)) : given);
}

async function readFile(file: string): Promise<Record<string, unknown>> {
  // Most gateways are configured by environment alone and never need the parser.
  const { parse } = await import("yaml");
  let value: unknown;
  try {
    value = parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw new Fault("bad_config", `PARLEY_CONFIG: ${file} cannot be read: ${why}`, { cause });
  }
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new Fault("bad_config", `${file}: expected settings, one a line, as \`port: 8787\``);
  }
  return value as Record<string, unknown>;
}

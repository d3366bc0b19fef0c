import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { BUS_SCHEMES } from "../adapters/buses.ts";
import { SEARCH_SCHEMES } from "../adapters/drivers.ts";
import { streamAddressOf } from "../adapters/nats/stream-address.ts";
import type { TracingOptions } from "../adapters/tracing.ts";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import { IDENTITY_PAIRS, IDENTITY_SETTINGS, identityProblems } from "./identity-settings.ts";
import { modelKeys } from "./model-keys.ts";
import { nearest } from "./nearest.ts";
import { isBlock, list, price } from "./setting-shapes.ts";
import { tracingOf } from "./tracing.ts";

const SEARCH = new RegExp(`^(?:${SEARCH_SCHEMES.join("|")})$`);
const BUS = new RegExp(`^(?:${BUS_SCHEMES.join("|")})$`);

/**
 * Everything that can be set, by environment (`PARLEY_` and the name in capitals: `PARLEY_PORT`) or in a YAML file
 * named by `PARLEY_CONFIG` (the names as they stand here). The environment wins.
 */
const Settings = z.strictObject({
  host: z.string().default("127.0.0.1"),
  /** 0 takes any free port. */
  port: z.coerce.number().int().min(0).max(65_535).default(8787),
  /** Where the keys and the tokens live, and the database unless `store` names one. */
  home: z.string().default(".parley"),
  /**
   * A PostgreSQL database for sessions, orders, goods and stock, as `postgres://user@host/name`, shared by all nodes of one
   * vendor; without it they are in a file in `home`.
   */
  store: z.url({ protocol: /^postgres(?:ql)?$/, error: "expected postgres://user@host/name" }).optional(),
  /** Folder of the vendor's files. */
  vendor: z.string().default(fileURLToPath(new URL("../../fixtures/vendors/demo", import.meta.url))),
  /**
   * Where products are found by words, as `postgres://user@host/name` or `opensearch://host:9200/index` (`opensearchs` over
   * TLS); without it in the embedded store. Facts, prices and stock are the store's either way.
   */
  search: z
    .url({ protocol: SEARCH, error: `expected ${SEARCH_SCHEMES.join("://... or ")}://...` })
    .optional(),
  /** Milliseconds that one look-up of the goods may take; what is not found by then is said not to be known yet. */
  search_ms: z.coerce.number().int().min(20).max(30_000).default(BOUNDS.search_ms),
  /**
   * Where several gateways of one vendor tell each other what changed, as `nats://host:4222`, with `user:password@` or
   * `token@` before the host where it takes one; `tls://` for TLS. Without it they find out within two seconds.
   */
  bus: z.url({ protocol: BUS, error: `expected ${BUS_SCHEMES.join("://... or ")}://...` }).optional(),
  /** The address others reach the gateway at, when a proxy stands before it. */
  public_url: z.url().optional(),
  /** Origins of web pages that may connect beside the gateway's own; `*` for any. */
  origins: list.default([]),
  ...IDENTITY_SETTINGS,
  /** Seconds that one of the staff holds a conversation without being heard of. */
  staff_lease_seconds: z.coerce
    .number()
    .min(0.2)
    .max(3_600)
    .default(BOUNDS.lease_ms / 1_000),
  messages_per_minute: z.coerce.number().int().min(1).max(10_000_000).default(BOUNDS.messages_per_minute),
  connections: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
  /** Where bound orders are posted; without it they are appended to `orders.jsonl` in `home`. */
  webhook_url: z.url({ protocol: /^https?$/ }).optional(),
  /**
   * Networks beside the public internet that the webhook may be sent to, as `10.0.0.0/8,::1`: a gateway that anybody could
   * point at its own network would be a way into it.
   */
  webhook_allow: list
    .refine((items) => items.every(isBlock), "expected addresses or networks, as 127.0.0.1 or 10.0.0.0/8")
    .default([]),
  /** A JetStream stream that orders are published to as well, as `nats://user:password@host:4222/ORDERS`. */
  orders_stream: z
    .string()
    .refine((text) => streamAddressOf(text) !== null, "expected nats://host:4222/STREAM, or tls://...")
    .optional(),
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
  /**
   * A server with OpenAI's `/embeddings`, as `http://127.0.0.1:11434/v1`, and the model there that makes vectors of products
   * and of what is searched for; without them words alone are searched by.
   */
  embed_url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/[?#]|\/\/[^/]*@/.test(url), "no user, password, ? or #; the key is PARLEY_EMBED_KEY")
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  embed_model: z.string().min(1).max(200).optional(),
  /** Key of that server; without it `OPENAI_API_KEY`, where the server is OpenAI's own. */
  embed_key: z.string().max(400).optional(),
  /** Folder of the prompts; edits are taken while the gateway runs. */
  prompts: z.string().default(fileURLToPath(new URL("../../prompts", import.meta.url))),
  /** Days after its last event that a conversation is erased, 0 for never; orders are kept as money records. */
  retention_days: z.coerce.number().int().min(0).max(36_500).default(30),
  /** Days after it was issued that an order's money record is deleted, 0 for never; as long as the law wants it kept. */
  money_retention_days: z.coerce.number().int().min(0).max(36_500).default(0),
  log_level: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** Milliseconds over which clients are told to come back when the gateway stops. */
  drain_spread_ms: z.coerce.number().int().min(0).max(600_000).default(2_000),
});
export type Config = z.infer<typeof Settings> & {
  /** By OpenTelemetry's own variables; absent where there are to be no traces. */
  readonly tracing?: TracingOptions | null;
};

/** The only reader of the environment. Throws `bad_config` naming the setting, its value's problem and where it was. */
export async function loadConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const file = env.PARLEY_CONFIG;
  const fromFile = file ? await readFile(file) : {};
  const fromEnv: Record<string, string> = {};
  for (const name of Object.keys(Settings.shape)) {
    const value = env[`PARLEY_${name.toUpperCase()}`];
    if (value !== undefined && value !== "") fromEnv[name] = value;
  }
  const keys = modelKeys({ ...fromFile, ...fromEnv }, env.OPENAI_API_KEY);
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
  const tracing = tracingOf(env);
  return { ...rest, home: path(home), vendor: path(vendor), prompts: path(prompts), tracing };
}

/** Settings that would have no effect: worse than none, where they are to bound what is spent. */
function idleOf(config: Config): string[] {
  const { model, model_reading, model_session_usd: usd, model_price, model_reading_price } = config;
  const needs = (name: keyof Config, other: keyof Config) =>
    `PARLEY_${name.toUpperCase()} has no effect without PARLEY_${other.toUpperCase()}`;
  const alone = (["model_reading", "model_price", "model_session_usd"] as const)
    .filter((name) => config[name] !== undefined && model === undefined)
    .map((name) => needs(name, "model"));
  const { embed_url, embed_model } = config;
  const embedded = (name: keyof Config, instead: string) =>
    config.store !== undefined && config[name] !== undefined
      ? [`PARLEY_${name.toUpperCase()} goes with the embedded store; with PARLEY_STORE ${instead}`]
      : [];
  const unpriced = usd !== undefined && model !== undefined;
  const set = (name: keyof Config) => config[name] !== undefined && String(config[name]) !== "";
  const unpaired = IDENTITY_PAIRS.filter(([name, other]) => set(name) && !set(other));
  return [
    ...alone,
    ...embedded("search", "products are found in that database"),
    ...embedded("embed_url", "they are found by their words"),
    ...(config.webhook_allow.length > 0 && !config.webhook_url
      ? [needs("webhook_allow", "webhook_url")]
      : []),
    ...(config.money_retention_days > 0 && config.retention_days === 0
      ? [
          "PARLEY_MONEY_RETENTION_DAYS has no effect with PARLEY_RETENTION_DAYS=0: conversations keep their orders",
        ]
      : []),
    ...unpaired.map(([name, other]) => needs(name, other)),
    ...identityProblems(config),
    ...(embed_url && !embed_model ? [needs("embed_url", "embed_model")] : []),
    ...(embed_model && !embed_url ? [needs("embed_model", "embed_url")] : []),
    ...(model_reading_price && !model_reading ? [needs("model_reading_price", "model_reading")] : []),
    ...(unpriced && !model_price ? [needs("model_session_usd", "model_price")] : []),
    ...(unpriced && model_reading && model_reading !== model && !model_reading_price
      ? [needs("model_session_usd", "model_reading_price")]
      : []),
  ];
}

/** Every variable of the environment that sets something. */
export const SETTINGS: readonly string[] = [
  ...Object.keys(Settings.shape).map((name) => `PARLEY_${name.toUpperCase()}`),
  "PARLEY_CONFIG",
];
/** The others are read by tests and measurements only. */
const KNOWN = [
  ...SETTINGS,
  "PARLEY_CHROMIUM",
  "PARLEY_DATA",
  "PARLEY_REQUIRE_ALL",
  "PARLEY_RUNS",
  "PARLEY_TEST_NATS",
  "PARLEY_TEST_OPENSEARCH",
  "PARLEY_TEST_POSTGRES",
];

/** Where the environment gave text for a number, both are said: the schema only ever sees NaN. */
function problemOf(issue: z.core.$ZodIssue, given: string | undefined): string {
  if (issue.code === "invalid_type" && issue.expected === "number" && given !== undefined)
    return `expected a number, got "${given}"`;
  return issue.message;
}

/** What of a home draws the limits above the floors. */
export const LIMIT_KEYS = "limit-keys.json";

/** Where bound orders go when they go to no webhook, and the secrets made at first run. */
export const ORDERS = "orders.jsonl";
export const TOKENS = "tokens.json";
/** Staff with tokens of their own. */
export const STAFF = "staff.json";

/** What staff published from gaps, and who changed limits and prompts. */
export const LEARNED = "learned";
export const LIMITS_JOURNAL = "limits-changes.jsonl";
export const PROMPTS_JOURNAL = "prompt-changes.jsonl";

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

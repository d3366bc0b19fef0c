import { isIP } from "node:net";
import { z } from "zod";
import { nameIn } from "../domain/name.ts";
import { flag, isBlock, list } from "./setting-shapes.ts";

const bound = z.coerce.number().int().min(1).max(10_000_000).optional();
const https = /^https:\/\/|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::|\/|$)/;

/** Settings about who may come in. */
export const IDENTITY_SETTINGS = {
  /** API keys as `name=key`, for buyers. */
  api_keys: list
    .refine(
      (items) => items.every((item) => /^[^=]+=.{16,}$/.test(item)),
      "name=key with keys of 16 characters or more",
    )
    .refine(
      (items) => items.every((item) => nameIn(holderOf(item)) !== null),
      "a name has characters that cannot be seen",
    )
    .transform((items) => items.map((item) => nameIn(holderOf(item)) + item.slice(holderOf(item).length)))
    .refine((items) => new Set(items.map(holderOf)).size === items.length, "two keys have one name")
    .default([]),
  /** No buyer enters without an API key. */
  require_api_key: flag.default(false),
  /** Nobody who shows nothing else opens a session without a ticket of `POST /v1/tickets`. */
  require_ticket: flag.default(false),
  /** An identity provider whose access tokens are taken: `iss`, `aud`, and its keys' address or file. */
  oidc_issuer: z.string().min(1).max(400).optional(),
  oidc_audience: z.string().min(1).max(400).optional(),
  oidc_jwks: z.string().min(1).max(2_000).optional(),
  /** An identity provider that staff sign in at (OpenID Connect), what the gateway is called there, and its secret. */
  staff_oidc_issuer: z.string().regex(https, "an address, as https://login.example").max(400).optional(),
  staff_oidc_client_id: z.string().min(1).max(400).optional(),
  staff_oidc_client_secret: z.string().min(1).max(400).optional(),
  /** The claim of the ID token that says who is viewer, agent or manager. */
  staff_oidc_role_claim: z.string().min(1).max(120).default("parley_role"),
  /** Agents whose signed requests are taken, as origins: `https://agent.example`. */
  signed_agents: list
    .refine((origins) => origins.every(isOrigin), "origins, as https://agent.example")
    .transform((origins) => origins.map((one) => new URL(one).origin))
    .default([]),
  /** Who may sign AP2 mandates, and where their keys are: an address or a file. */
  mandate_issuers: list.default([]),
  mandate_jwks: z.string().min(1).max(2_000).optional(),
  /** Proxies whose X-Forwarded-For is believed: addresses, or networks as 10.0.0.0/8. */
  trusted_proxies: list
    .refine((items) => items.every(isBlock), "addresses or networks, as 10.0.0.1 or 10.0.0.0/8")
    .default([]),
  /** Of one address; without them each has a default, and addresses of this machine have none. */
  address_connections: bound,
  address_opens_per_minute: bound,
  address_messages_per_minute: bound,
};

function holderOf(api_key: string): string {
  return api_key.slice(0, api_key.indexOf("="));
}

/** What is set and cannot hold. */
export function identityProblems(config: {
  readonly host: string;
  readonly public_url?: string | undefined;
  readonly signed_agents: readonly string[];
}): string[] {
  if (config.signed_agents.length === 0 || config.public_url || isLoopback(config.host)) return [];
  return [
    "PARLEY_SIGNED_AGENTS needs PARLEY_PUBLIC_URL unless PARLEY_HOST is this machine's own (127.0.0.1): " +
      "agents sign for the address they ask, and only you can say which is yours",
  ];
}

/** Nobody else gets there, whatever name they ask for. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** What goes together: of each pair one has no effect without the other. */
export const IDENTITY_PAIRS = [
  ["oidc_issuer", "oidc_audience"],
  ["oidc_issuer", "oidc_jwks"],
  ["oidc_audience", "oidc_issuer"],
  ["oidc_jwks", "oidc_issuer"],
  ["staff_oidc_issuer", "staff_oidc_client_id"],
  ["staff_oidc_client_id", "staff_oidc_issuer"],
  ["staff_oidc_client_secret", "staff_oidc_issuer"],
  ["mandate_issuers", "mandate_jwks"],
  ["mandate_jwks", "mandate_issuers"],
] as const;

/** However its host is written: an origin has it in small letters and ASCII. */
function isOrigin(text: string): boolean {
  if (!https.test(text.toLowerCase()) || !URL.canParse(text)) return false;
  const { origin, href } = new URL(text);
  return href === `${origin}/` && !text.endsWith("/");
}

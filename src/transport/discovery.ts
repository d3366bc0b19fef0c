import type { Context, Hono } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { Tier } from "../domain/party.ts";
import { rightsOf } from "../domain/rights.ts";
import type { Vendor } from "../domain/vendor.ts";
import { SUBPROTOCOL } from "../protocol/frames.ts";
import { boundsFor } from "../session/admission.ts";
import type { Gateway } from "../session/gateway.ts";

export interface About {
  /** The address others reach the gateway at, when a proxy stands before it. */
  readonly public_url?: string | undefined;
  readonly messages_per_minute: number;
  readonly require_api_key: boolean;
  readonly require_ticket: boolean;
  readonly oidc_issuer?: string | undefined;
  readonly signed_agents: readonly string[];
  readonly mandate_issuers: readonly string[];
}

/** What somebody who only knows the host must find: who sells here, on what terms, and how to talk. For any origin. */
export function discovery(app: Hono, gateway: Gateway, about: About): void {
  const paths = [
    "/.well-known/parley.json",
    "/.well-known/jwks.json",
    "/protocol/schema.json",
    "/protocol/asyncapi.json",
  ];
  for (const path of paths) app.use(path, cors({ origin: "*" }), etag());

  // Not for long: after a rotation the new key has to be found.
  app.get("/.well-known/jwks.json", (c) => json(c, gateway.house.signer.jwks(), 300));

  app.get("/.well-known/parley.json", async (c) => {
    const { vendor } = gateway.house.policy();
    const { products } = await gateway.house.search.census();
    const base = about.public_url ?? new URL(c.req.url).origin;
    return json(c, profile(vendor, products, base, about), 60);
  });

  // Made at the first request: a start does without what makes them.
  const schema = once(async () => (await import("../protocol/schema.ts")).schemaDocument());
  app.get("/protocol/schema.json", async (c) => json(c, await schema(), 3_600));
  const asyncApi = once(async () =>
    (await import("../protocol/asyncapi.ts")).asyncApiDocument(about.public_url),
  );
  app.get("/protocol/asyncapi.json", async (c) => json(c, await asyncApi(), 3_600));
}

function profile(vendor: Vendor, products: number, base: string, about: About) {
  const { id, name, seller, greeting, languages, markets, terms, subscribable, contact } = vendor;
  const at = (path: string) => base.replace(/\/$/, "") + path;
  return {
    protocol: SUBPROTOCOL,
    vendor: { id, name, seller, greeting, contact },
    endpoints: {
      websocket: at("/v1/ws").replace(/^http/, "ws"),
      sessions: at("/v1/sessions"),
      tickets: at("/v1/tickets"),
      jwks: at("/.well-known/jwks.json"),
      schema: at("/protocol/schema.json"),
      asyncapi: at("/protocol/asyncapi.json"),
    },
    api_key: about.require_api_key ? "required" : "optional",
    identity: identityOf(vendor, about),
    languages,
    currencies: Object.keys(vendor.default_ship_to),
    markets,
    products,
    terms: { ...terms, subscribable },
    offers: {
      rounds: vendor.rounds,
      minutes: vendor.offer_minutes,
      max_quantity: vendor.max_quantity,
      confirm: vendor.confirm,
    },
    bounds: boundsFor(vendor.rounds, about.messages_per_minute),
  };
}

/** How to show who one is here, and what each tier may do. */
function identityOf({ access }: Vendor, about: About) {
  return {
    ticket: about.require_ticket ? "required" : "optional",
    oidc_issuer: about.oidc_issuer ?? null,
    signed_requests: about.signed_agents.length > 0,
    mandate_issuers: about.mandate_issuers,
    rights: Object.fromEntries(Tier.options.map((tier) => [tier, rightsOf(access, tier)])),
  };
}

function json(c: Context, value: unknown, seconds: number): Response {
  c.header("cache-control", `public, max-age=${seconds}`);
  return c.json(value);
}

/** Made at the first request: nobody may ever ask. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

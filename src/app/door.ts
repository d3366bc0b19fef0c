import { join } from "node:path";
import { staffDoor } from "../adapters/identity/staff.ts";
import type { Tokens } from "../adapters/keys.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { Door } from "../session/admission.ts";
import { tickets } from "../session/tickets.ts";
import { type Config, STAFF } from "./config.ts";

/** Who may come in, as it is configured. What is not configured loads nothing of what it would need. */
export async function openDoor(
  config: Config,
  tokens: Tokens,
  { store, clock, vendor }: { readonly store: Store; readonly clock: Clock; readonly vendor: string },
): Promise<Door> {
  return {
    api_keys: new Map(config.api_keys.map((item) => pair(item))),
    keys_required: config.require_api_key,
    tickets_required: config.require_ticket,
    staff: staffDoor(
      {
        ...{ first: tokens.staff, secret: tokens.derive, file: join(config.home, STAFF) },
        provider: await providerOf(config, tokens, clock),
      },
      clock,
    ),
    receiver_token: tokens.receiver,
    tickets: tickets(tokens.derive, clock),
    tokens: await tokensOf(config, clock),
    requests: await requestsOf(config, clock),
    mandates: await mandatesOf(config, clock, vendor),
    once: (nonce, until, now) => store.once(nonce, until, now),
    clock,
  };
}

async function providerOf(config: Config, { derive }: Tokens, clock: Clock) {
  const { staff_oidc_issuer: issuer, staff_oidc_client_id: client_id } = config;
  if (!issuer || !client_id) return null;
  const { staffProvider } = await import("../adapters/identity/staff-provider.ts");
  const client_secret = config.staff_oidc_client_secret;
  const role_claim = config.staff_oidc_role_claim;
  return staffProvider({ issuer, client_id, client_secret, role_claim, secret: derive }, clock);
}

async function tokensOf({ oidc_issuer, oidc_audience, oidc_jwks }: Config, clock: Clock) {
  if (!oidc_issuer || !oidc_audience || !oidc_jwks) return null;
  const { tokenVerifier } = await import("../adapters/identity/tokens.ts");
  return tokenVerifier({ issuer: oidc_issuer, audience: oidc_audience, jwks: oidc_jwks }, clock);
}

async function requestsOf({ signed_agents }: Config, clock: Clock) {
  if (signed_agents.length === 0) return null;
  const [{ requestVerifier }, { agentKeys }] = await Promise.all([
    import("../adapters/identity/signatures.ts"),
    import("../adapters/identity/agent-keys.ts"),
  ]);
  return requestVerifier(signed_agents, agentKeys(), clock);
}

async function mandatesOf({ mandate_issuers, mandate_jwks, public_url }: Config, clock: Clock, id: string) {
  if (mandate_issuers.length === 0 || !mandate_jwks) return null;
  const { mandateVerifier } = await import("../adapters/identity/mandates.ts");
  const payee = { id, ...(public_url ? { website: public_url } : {}) };
  return mandateVerifier({ issuers: mandate_issuers, jwks: mandate_jwks, payee }, clock);
}

function pair(item: string): [string, string] {
  const at = item.indexOf("=");
  return [item.slice(0, at), item.slice(at + 1)];
}

import { createHmac } from "node:crypto";
import type { Configuration } from "openid-client";
import { z } from "zod";
import { Fault } from "../../domain/fault.ts";
import { STAFF_NAME } from "../../domain/handoff.ts";
import { digest } from "../../domain/hash.ts";
import { StaffRole } from "../../domain/staff.ts";
import type { Clock } from "../../ports/clock.ts";
import type { StaffProvider } from "../../ports/identity.ts";

export interface StaffProviderOptions {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret?: string | undefined;
  /** The claim of the ID token that holds a role, or several. */
  readonly role_claim: string;
  /** What keys what is derived from. */
  readonly secret: string;
}

const TYP = "parley-sign-in+jwt";
const ALG = "HS256";
/** Within so long somebody has to have signed in. */
const PATIENCE = "10m";
const TIMEOUT_S = 10;

/** What the browser keeps while it is away; signed, so that nobody else's answer can be put beside it. */
const Kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), back: z.url() });

/** OpenID Connect, code flow with PKCE, state and nonce. The provider is asked for when somebody signs in, not before. */
export function staffProvider(options: StaffProviderOptions, clock: Clock): StaffProvider {
  const key = createHmac("sha256", options.secret).update("staff sign-in").digest();
  let found: Promise<Configuration> | null = null;
  const provider = () => {
    found ??= discovered(options).catch((cause: unknown) => {
      found = null;
      throw new Fault("unavailable", "the identity provider cannot be reached; try again, or use a token", {
        cause,
      });
    });
    return found;
  };

  return {
    begin: async (back) => {
      const [client, jose, config] = await Promise.all([import("openid-client"), import("jose"), provider()]);
      const [state, nonce, verifier] = [
        client.randomState(),
        client.randomNonce(),
        client.randomPKCECodeVerifier(),
      ];
      const url = client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: back, scope: "openid profile email", state, nonce },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      const kept = await new jose.SignJWT({ state, nonce, verifier, back })
        .setProtectedHeader({ alg: ALG, typ: TYP })
        .setIssuedAt(new Date(clock.now()))
        .setExpirationTime(new Date(Date.parse(clock.now()) + 600_000))
        .sign(key);
      return { url: url.href, kept };
    },
    finish: async (returned, kept) => {
      const [client, jose, config] = await Promise.all([import("openid-client"), import("jose"), provider()]);
      try {
        const checked = {
          algorithms: [ALG],
          typ: TYP,
          currentDate: new Date(clock.now()),
          maxTokenAge: PATIENCE,
        };
        const { payload } = await jose.jwtVerify(kept, key, checked);
        const { state, nonce, verifier, back } = Kept.parse(payload);
        const current = new URL(back);
        current.search = new URL(returned).search;
        const tokens = await client.authorizationCodeGrant(config, current, {
          ...{
            pkceCodeVerifier: verifier,
            expectedState: state,
            expectedNonce: nonce,
            idTokenExpected: true,
          },
        });
        return whoIs(tokens.claims() ?? {}, options.role_claim);
      } catch (cause) {
        if (cause instanceof Fault) throw cause;
        if (cause instanceof client.AuthorizationResponseError && cause.error === "access_denied")
          throw new Fault(
            "unauthorized",
            "the identity provider let nobody in: it was cancelled or denied there",
            {
              cause,
              detail: { why: "denied" },
            },
          );
        throw new Fault("unauthorized", "the sign-in at the identity provider does not hold; begin again", {
          cause,
        });
      }
    },
  };
}

async function discovered({
  issuer,
  client_id,
  client_secret,
}: StaffProviderOptions): Promise<Configuration> {
  const { allowInsecureRequests, ClientSecretPost, discovery, None } = await import("openid-client");
  const url = new URL(issuer);
  // The settings let plain HTTP be said of this machine alone.
  const execute = url.protocol === "http:" ? [allowInsecureRequests] : [];
  const auth = client_secret === undefined ? None() : ClientSecretPost(client_secret);
  return discovery(url, client_id, client_secret, auth, { execute, timeout: TIMEOUT_S });
}

/** Throws `forbidden` for somebody without a role. */
function whoIs(claims: Readonly<Record<string, unknown>>, role_claim: string) {
  const named = [claims.name, claims.preferred_username, claims.email, claims.sub];
  const name = named.map((claim) => STAFF_NAME.safeParse(claim)).find(({ success }) => success)?.data;
  const held = [claims[role_claim]].flat();
  const role = StaffRole.options.findLast((one) => held.includes(one));
  if (name && role) return { id: `oidc:${digest(String(claims.sub)).slice(0, 24)}`, name, role };
  throw new Fault(
    "forbidden",
    `the identity provider says no role of you: its claim ${role_claim} has to hold ${StaffRole.options.join(", ")}`,
    { detail: { why: "no_role" } },
  );
}

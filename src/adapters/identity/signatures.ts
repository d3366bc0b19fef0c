import { createHash, verify } from "node:crypto";
import { Fault } from "../../domain/fault.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RequestVerifier, SignedRequest } from "../../ports/identity.ts";
import type { AgentKeys } from "./agent-keys.ts";
import { SKEW_SECONDS } from "./key-sets.ts";

/** The profile of signed requests taken here: draft-meunier-web-bot-auth-architecture. */
const TAG = "web-bot-auth";
/** How long a signature may be good for, from created to expires. */
const WINDOW_SECONDS = 480;

/**
 * Requests signed with HTTP Message Signatures (RFC 9421) by agents of the list, `agents` being origins. The key is looked
 * for in the directory of the agent that `Signature-Agent` names, which MUST be one of the list: nothing that a request
 * names is ever fetched. Without that header the list is gone through.
 */
export function requestVerifier(agents: readonly string[], keys: AgentKeys, clock: Clock): RequestVerifier {
  return {
    verify: async (request) => {
      const { verifySignature, SignatureError } = await import("http-message-sig");
      const now = Math.floor(Date.parse(clock.now()) / 1_000);
      const named = agentNamed(request, agents);
      let agent = "";
      const resolve = async (keyid: string | undefined) => {
        for (const one of named ? [named] : agents) {
          const key = keyid === undefined ? null : await keys.find(one, keyid);
          if (!key) continue;
          agent = one;
          return {
            algorithm: "ed25519",
            verify: (data: Uint8Array, signature: Uint8Array) => verify(null, data, key, signature),
          };
        }
        throw new Fault("unauthorized", "no agent this vendor knows publishes the key of that `keyid`");
      };
      try {
        const { parameters, components } = await verifySignature(
          { kind: "request", method: request.method, targetUri: request.url, fields: request.fields },
          {
            resolveVerifier: ({ parameters: { keyid } }) => resolve(keyid),
            policy: {
              ...{ algorithms: ["ed25519"], requiredComponents: [], maxAge: WINDOW_SECONDS, now },
              requiredParameters: ["created", "expires", "keyid", "nonce", "tag"],
              clockSkew: SKEW_SECONDS,
            },
          },
        );
        const { created = 0, expires = 0, nonce = "", tag } = parameters;
        mustCover(request, components);
        if (tag !== TAG) throw refused(`its tag is not "${TAG}"`);
        if (expires - created > WINDOW_SECONDS || expires <= created)
          throw refused(`it must expire within ${WINDOW_SECONDS} s of being made`);
        if (nonce.length < 16 || nonce.length > 128) throw refused("its nonce has 16 to 128 characters");
        return {
          agent: new URL(agent).host,
          nonce: `${parameters.keyid} ${nonce}`,
          until: new Date((expires + SKEW_SECONDS) * 1_000).toISOString(),
        };
      } catch (cause) {
        if (cause instanceof Fault) throw cause;
        if (cause instanceof SignatureError && cause.cause instanceof Fault) throw cause.cause;
        throw refused(cause instanceof SignatureError ? cause.message : "it cannot be read", cause);
      }
    },
  };
}

type Verified = ReturnType<typeof import("http-message-sig").verifySignature>;

/** What a signature has to cover to speak for this request to this vendor, and not for another. */
function mustCover(request: SignedRequest, components: Awaited<Verified>["components"]): void {
  const covered = new Set(components.map(({ name }) => name));
  if (!covered.has("@authority") && !covered.has("@target-uri"))
    throw refused("it must cover @authority or @target-uri");
  if (fieldOf(request, "signature-agent") !== undefined && !covered.has("signature-agent"))
    throw refused("it must cover signature-agent");
  if (!request.body || request.body.length === 0) return;
  // With `key` it covers one digest of several: whoever changes the body could change the others with it.
  if (!components.some(({ name, parameters }) => name === "content-digest" && parameters.key === undefined))
    throw refused("it must cover content-digest, the whole of it, as there is a body");
  const [, stated] =
    /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(fieldOf(request, "content-digest") ?? "") ?? [];
  if (stated !== createHash("sha256").update(request.body).digest("base64"))
    throw refused("content-digest holds no sha-256 of this body (RFC 9530)");
}

/** The agent that `Signature-Agent` names, as a string or as the members of a dictionary; undefined when there is none. */
function agentNamed(request: SignedRequest, agents: readonly string[]): string | undefined {
  const value = fieldOf(request, "signature-agent");
  if (value === undefined) return undefined;
  const [, named = ""] = /^(?:[a-z*][\w.*-]*=)?"([^"]*)"$/.exec(value.trim()) ?? [];
  const origin = URL.canParse(named) ? new URL(named).origin : "";
  if (agents.includes(origin)) return origin;
  throw new Fault("unauthorized", "this vendor does not know the agent that Signature-Agent names");
}

function fieldOf({ fields }: SignedRequest, wanted: string): string | undefined {
  return fields.find(({ name }) => name.toLowerCase() === wanted)?.value;
}

function refused(why: string, cause?: unknown): Fault {
  return new Fault("unauthorized", `the signature of this request does not hold: ${why}`, { cause });
}

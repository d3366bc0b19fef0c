import type { Context } from "hono";
import { Fault } from "../domain/fault.ts";
import type { SignedRequest } from "../ports/identity.ts";
import { isNobodysName } from "./origin.ts";

/**
 * The request as whoever signed it saw it (RFC 9421), or undefined when it carries no signature. Behind a proxy the public
 * address says what was asked for; else the Host header does, where it is an IP address or `localhost`: any other name could
 * be the one of a vendor whom the agent signed for, and who passes that on. An upgrade is an `http` request as well.
 * Throws `unauthorized`.
 */
export function signedRequest(
  c: Context,
  public_url: string | undefined,
  body: Uint8Array | null,
): SignedRequest | undefined {
  if (c.req.header("signature-input") === undefined && c.req.header("signature") === undefined)
    return undefined;
  const { pathname, search, origin, hostname } = new URL(c.req.url);
  if (public_url === undefined && !isNobodysName(hostname))
    throw new Fault(
      "unauthorized",
      "a signed request is for a host, and this vendor has not said which is its own (PARLEY_PUBLIC_URL)",
    );
  const fields = [...c.req.raw.headers].map(([name, value]) => ({ name, value }));
  const base = (public_url ?? origin).replace(/\/$/, "");
  return { method: c.req.method, url: base + pathname + search, fields, body };
}

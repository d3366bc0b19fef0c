import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { Fault } from "../domain/fault.ts";
import { principalOf } from "../domain/staff.ts";
import type { StaffProvider } from "../ports/identity.ts";
import type { Gateway } from "../session/gateway.ts";
import { refused } from "../session/refused.ts";
import type { Proxies } from "./address.ts";
import { cameFrom } from "./http.ts";
import { isNobodysName } from "./origin.ts";
import { keepSignedIn, type StaffAccess } from "./staff-access.ts";

interface OidcOptions extends StaffAccess {
  readonly proxies: Proxies;
}

/** Signing in at the vendor's identity provider: there, and back from there. */
export function staffOidc(app: Hono, gateway: Gateway, options: OidcOptions): void {
  const { door, guests } = options;

  app.get("/v1/staff/oidc", (c) =>
    orToldInConsole(c, gateway, async () => {
      guests.opening(cameFrom(c, options.proxies));
      const { url, kept } = await providerOf(door).begin(`${baseOf(c, options)}/v1/staff/oidc/return`);
      setCookie(c, AWAY, kept, { ...away(options), maxAge: 600 });
      return c.redirect(url, 303);
    }),
  );

  app.get("/v1/staff/oidc/return", (c) =>
    orToldInConsole(c, gateway, async () => {
      const kept = getCookie(c, AWAY) ?? "";
      setCookie(c, AWAY, "", { ...away(options), maxAge: 0 });
      const who = await providerOf(door).finish(c.req.url, kept);
      guests.mustBeWelcome(principalOf(who));
      await keepSignedIn(c, options, who, "oidc");
      return c.redirect(CONSOLE, 303);
    }),
  );
}

const CONSOLE = "/console";

/** What a browser keeps while it is at the identity provider. It comes back from another site, so it is no strict one. */
const AWAY = "parley_staff_away";

/**
 * Somebody at a browser went from page to page: they are told in the console, in their language. The address says why by a
 * word of ours and never by a sentence, which anybody could write into a link.
 */
async function orToldInConsole(
  c: Context,
  gateway: Gateway,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Fault) || !c.req.header("accept")?.includes("text/html")) throw error;
    refused(gateway.house, error, "a request", { session: undefined });
    return c.redirect(`${CONSOLE}?refused=${error.detail?.why ?? error.code}`, 303);
  }
}

function away({ public_url }: StaffAccess) {
  const secure = public_url?.startsWith("https:") === true;
  return { path: "/v1/staff/oidc", httpOnly: true, sameSite: "Lax", secure } as const;
}

function providerOf({ staff }: StaffAccess["door"]): StaffProvider {
  if (staff.provider) return staff.provider;
  throw new Fault("not_found", "no identity provider is configured here; sign in with a staff token");
}

function baseOf(c: Context, { public_url }: StaffAccess): string {
  const { origin, hostname } = new URL(c.req.url);
  // Under any other name a request could have the answer sent elsewhere.
  if (public_url === undefined && !isNobodysName(hostname))
    throw new Fault("unavailable", "signing in by provider needs PARLEY_PUBLIC_URL; the vendor can set it");
  return (public_url ?? origin).replace(/\/$/, "");
}

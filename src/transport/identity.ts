import type { Context, Hono } from "hono";
import { cors } from "hono/cors";
import { Fault } from "../domain/fault.ts";
import { RevocationBody } from "../protocol/bodies.ts";
import type { Door } from "../session/admission.ts";
import type { Gateway } from "../session/gateway.ts";
import type { Guests } from "../session/guests.ts";
import type { Proxies } from "./address.ts";
import { body } from "./body.ts";
import { cameFrom } from "./http.ts";
import { originAllowed } from "./origin.ts";
import { staffOf } from "./staff-access.ts";

export interface IdentityOptions {
  readonly door: Door;
  readonly guests: Guests;
  readonly proxies: Proxies;
  readonly public_url?: string | undefined;
  readonly origins: readonly string[];
  /** Has every node look at who is turned away; resolves when this one has. */
  looked(): Promise<void>;
}

/** Tickets for those who cannot keep a key, and turning somebody away. */
export function identity(app: Hono, gateway: Gateway, options: IdentityOptions): void {
  const { door, guests } = options;
  const allowed = (c: Context, origin: string) =>
    originAllowed(origin, c.req.header("host"), options.origins, options.public_url);

  // A page of another origin may read that it is refused: a socket could not tell it.
  app.use("/v1/tickets", cors({ origin: (origin) => origin, allowMethods: ["POST"], maxAge: 600 }));
  app.post("/v1/tickets", (c) => {
    const origin = c.req.header("origin");
    if (origin && !allowed(c, origin))
      throw new Fault("origin_refused", "pages of this origin get no ticket; the vendor can allow it");
    guests.opening(cameFrom(c, options.proxies));
    c.header("cache-control", "no-store");
    return c.json(door.tickets.issue(origin), 201);
  });

  app.get("/v1/revocations", async (c) => {
    await staffOf(c, options, "manager");
    return c.json({ revocations: await gateway.house.store.revocations() });
  });
  app.post("/v1/revocations", async (c) => {
    await staffOf(c, options, "manager");
    const { principal, revoked } = await body(c, RevocationBody);
    const { store, clock } = gateway.house;
    if (revoked) await store.revoke(principal, clock.now());
    else await store.reinstate(principal);
    await options.looked();
    return c.json({ principal, revoked });
  });
}

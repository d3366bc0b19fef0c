import type { Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault, problemsOf } from "../domain/fault.ts";
import { mayAs, principalOf, type Staff } from "../domain/staff.ts";
import { InboxQuery, type Me, SignInBody } from "../protocol/staff.ts";
import { endAt } from "../session/ending.ts";
import type { Gateway } from "../session/gateway.ts";
import type { Inbox } from "../session/inbox.ts";
import type { Presence } from "../session/presence.ts";
import type { Proxies } from "./address.ts";
import { body } from "./body.ts";
import { cameFrom } from "./http.ts";
import { quiet } from "./quiet.ts";
import { forgetSignedIn, keepSignedIn, mustBeOwnPage, type StaffAccess, staffOf } from "./staff-access.ts";
import { staffOidc } from "./staff-oidc.ts";

export interface StaffOptions extends StaffAccess {
  readonly proxies: Proxies;
  readonly inbox: Inbox;
  readonly presence: Presence;
}

/** Signing in, and the conversations there are. */
export function staff(app: Hono, gateway: Gateway, options: StaffOptions): void {
  const { door, guests, inbox } = options;
  app.use("/v1/staff/*", async (c, next) => {
    c.header("cache-control", "no-store");
    await next();
  });

  app.post("/v1/staff/sign-in", async (c) => {
    // Who guesses is slowed down as who opens sessions is.
    guests.opening(cameFrom(c, options.proxies));
    if (c.req.header("origin")) mustBeOwnPage(c, options);
    const holder = door.staff.holder((await body(c, SignInBody)).token);
    if (!holder)
      throw new Fault("unauthorized", "this is no staff token of this vendor's; look at what you copied");
    guests.mustBeWelcome(principalOf(holder));
    const until = await keepSignedIn(c, options, holder, "token");
    return c.json({ name: holder.name, role: holder.role, until });
  });

  staffOidc(app, gateway, options);

  app.post("/v1/staff/sign-out", (c) => {
    if (c.req.header("origin")) mustBeOwnPage(c, options);
    forgetSignedIn(c, options);
    return c.body(null, 204);
  });

  app.get("/v1/staff/me", async (c) => {
    const who = await staffOf(c, options, "viewer");
    const { name, role, until } = who;
    const { vendor } = gateway.house.policy();
    const me: Me = {
      ...{ name, role, until, principal: principalOf(who), approves: mayAs(vendor.approve_as, { role }) },
      oidc: door.staff.provider !== null,
      ...{ vendor: { id: vendor.id, name: vendor.name }, languages: vendor.languages },
    };
    return c.json(me);
  });

  app.get("/v1/staff/inbox", async (c) => {
    await staffOf(c, options, "viewer");
    const query = InboxQuery.safeParse(c.req.query());
    if (!query.success) throw new Fault("bad_frame", problemsOf(query.error));
    return c.json(await inbox.page(query.data));
  });

  app.get("/v1/staff/inbox/live", async (c) =>
    live(c, gateway, options, await staffOf(c, options, "viewer")),
  );
}

/** The inbox as it changes, until the sign-in ends; begun with what changed last, so that nothing is missed between. */
function live(c: Context, gateway: Gateway, { inbox, presence, guests }: StaffOptions, who: Staff): Response {
  const waiting: string[] = [];
  let wake = () => {};
  let over = false;
  const end = () => {
    over = true;
    wake();
  };
  const put = (event: string) => (data: string) => {
    // JSON has no line breaks of its own.
    waiting.push(`event: ${event}\ndata: ${data}\n\n`);
    wake();
  };
  const leaves = [
    guests.present(principalOf(who), end),
    endAt(who.until, gateway.house.clock, { end }),
    ...(mayAs("agent", who) ? [presence.here(who.id)] : []),
  ];
  const leave = () => {
    for (const each of leaves.splice(0)) each();
  };
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => {
      leave();
      end();
    });
    try {
      const watcher = { row: put("row"), gone: put("gone"), counts: put("counts") };
      const { page, leave: unwatch } = await inbox.watch(watcher, { limit: 100 });
      leaves.push(unwatch);
      if (stream.aborted) leave();
      for (const row of page.rows.toReversed()) watcher.row(JSON.stringify(row));
      watcher.counts(JSON.stringify(page.counts));
      while (!stream.aborted && !over && !gateway.draining && waiting.length < BOUNDS.inbox) {
        if (waiting.length > 0) await stream.write(waiting.splice(0).join(""));
        else
          await quiet(stream, (resolve) => {
            wake = resolve;
          });
      }
    } finally {
      leave();
    }
  });
}

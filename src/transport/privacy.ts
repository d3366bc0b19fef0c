import type { Hono } from "hono";
import { cors } from "hono/cors";
import { type Eraser, eraseSession } from "../session/erase.ts";
import type { Gateway } from "../session/gateway.ts";
import { erased } from "../session/seen.ts";
import { entered, type HttpOptions } from "./http.ts";
import { originAllowed } from "./origin.ts";

/** A buyer's "delete my data": everything said in a session goes, for good, and everybody in it is told. */
export function privacy(
  app: Hono,
  gateway: Gateway,
  eraser: Eraser,
  options: HttpOptions & { readonly origins: readonly string[] },
): void {
  // A chat on another site of the vendor's asks for it, too.
  app.use(
    "/v1/sessions/:id/erase",
    cors({
      origin: (origin, c) =>
        originAllowed(origin, c.req.header("host"), options.origins, options.public_url) ? origin : null,
      allowMethods: ["POST"],
      allowHeaders: ["authorization", "parley-token"],
      maxAge: 600,
    }),
  );
  app.post("/v1/sessions/:id/erase", async (c) => {
    const { session } = await entered(c, gateway, options);
    const proof = await session.inTurn(() => eraseSession(session.id, "asked", eraser));
    session.end(erased());
    return c.json(proof);
  });
}

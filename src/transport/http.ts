import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import { FeedbackBody, MessageBody, Opening } from "../protocol/bodies.ts";
import { asFault } from "../protocol/codec.ts";
import { OrderAnswer } from "../protocol/frames.ts";
import { type Door, type Identity, identify, mustBe, mustBeOwner, partyOf } from "../session/admission.ts";
import { endAt } from "../session/ending.ts";
import { rate } from "../session/feedback.ts";
import type { Gateway } from "../session/gateway.ts";
import type { Guests } from "../session/guests.ts";
import { answerOrder } from "../session/orders.ts";
import { refused } from "../session/refused.ts";
import type { Session } from "../session/session.ts";
import type { Guest } from "../session/visit.ts";
import { welcome } from "../session/welcome.ts";
import { addressOf, type Proxies } from "./address.ts";
import { approvals } from "./approvals.ts";
import { body } from "./body.ts";
import { events } from "./events.ts";
import { bearer, problem } from "./problem.ts";
import { signedRequest } from "./signed.ts";

export interface HttpOptions {
  readonly door: Door;
  readonly guests: Guests;
  readonly proxies: Proxies;
  readonly public_url?: string | undefined;
}

/** Where a session goes on that a token opened: `Authorization` holds the session's secret. */
const TOKEN_HEADER = "parley-token";

/** The same conversation for those who cannot hold a socket: acts by POST, events by page or SSE, one log. */
export function http(app: Hono, gateway: Gateway, options: HttpOptions): void {
  const { door, guests, public_url } = options;
  const from = (c: Context) => cameFrom(c, options.proxies);

  app.use(
    "/v1/*",
    bodyLimit({
      maxSize: BOUNDS.frame_bytes,
      onError: (c) => {
        // What is still to come of a body of unknown length is not waited for.
        if (!c.req.header("content-length")) c.header("connection", "close");
        return problem(c, new Fault("frame_too_large", `a body holds at most ${BOUNDS.frame_bytes} bytes`));
      },
    }),
  );

  const { tracer } = gateway.house;
  if (tracer) app.use("/v1/*", (c, next) => tracer.arriving(c.req.header("traceparent"), next));

  app.post("/v1/sessions", async (c) => {
    const address = from(c);
    guests.opening(address);
    const key = idempotencyKey(c, 16);
    const opening = await body(c, Opening);
    const request = signedRequest(c, public_url, new Uint8Array(await c.req.arrayBuffer()));
    const shown = await identify(door, { key: bearer(c), origin: c.req.header("origin"), request });
    const party = await partyOf(door, shown, opening.kind, opening.mandate);
    guests.entering({ address, party });
    const { session, secret, opened } = await gateway.open(opening, party, key);
    if (!opened) c.header("idempotent-replayed", "true");
    const told = { resumed: false, secret };
    return c.json(welcome(gateway, session, told, session.state.seq, guests.messagesOf(party)), 201);
  });

  app.post("/v1/sessions/:id/messages", async (c) => {
    const { session } = await entered(c, gateway, options);
    const message = { id: idempotencyKey(c, 1), ...(await body(c, MessageBody)) };
    const guest = { address: from(c), party: session.state.party };
    const bytes = await bytesOf(c);
    guests.inSession(session.id, bytes);
    guests.ofPrincipal(guest, bytes);
    const helped = message.act === undefined && guests.mayAsk(guest);
    const { seq, last, duplicate } = await session.submit(message, null, { left: c.req.raw.signal, helped });
    if (duplicate) c.header("idempotent-replayed", "true");
    const following = await gateway.house.store.read(session.id, seq, last - seq);
    const frames = following.map((item) => `{"type":"event","seq":${item.seq},"event":${item.json}}`);
    const ack = JSON.stringify({ type: "ack", id: message.id, seq, ...(duplicate ? { duplicate } : {}) });
    return c.body(`{"ack":${ack},"events":[${frames.join(",")}]}`, 200, {
      "content-type": "application/json",
    });
  });

  app.post("/v1/sessions/:id/feedback", async (c) => {
    const { session } = await entered(c, gateway, options);
    const rating = await body(c, FeedbackBody);
    guests.inSession(session.id, await bytesOf(c));
    return c.json(await rate(session, gateway.house, rating));
  });

  app.get("/v1/sessions/:id/events", async (c) => {
    const { session, shown } = await entered(c, gateway, options);
    const guest = { address: from(c), party: session.state.party };
    return events(c, gateway, session, (end) => staying(guest, shown, gateway, guests, end));
  });

  app.post("/v1/orders/:intent/status", async (c) => {
    mustBe(door.receiver_token, bearer(c), "receiver");
    const answer = await body(c, OrderAnswer);
    const status = await answerOrder(gateway, c.req.param("intent"), answer);
    return c.json({ intent: c.req.param("intent"), status });
  });

  approvals(app, gateway, options);

  app.notFound((c) =>
    problem(c, new Fault("not_found", `there is nothing at ${c.req.path}; see /.well-known/parley.json`)),
  );
  app.onError((error, c) => {
    const fault = asFault(error);
    refused(gateway.house, fault, "a request", { session: /\/(ses_[\w-]+)/.exec(c.req.path)?.[1] });
    return problem(c, fault);
  });
}

/** The session in the path, for who holds its secret, and shows a token where one opened it. Who guesses pays as well. */
export async function entered(
  c: Context,
  gateway: Gateway,
  { door, guests, proxies }: HttpOptions,
): Promise<{ session: Session; shown: Identity | null }> {
  guests.ofAddress(cameFrom(c, proxies), await bytesOf(c));
  const secret = bearer(c);
  if (secret === undefined)
    throw new Fault("unauthorized", "send the session's secret as Authorization: Bearer");
  const token = c.req.header(TOKEN_HEADER);
  const shown = token === undefined ? null : await identify(door, { key: token });
  const session = await gateway.enter(c.req.param("id") ?? "", secret, (owner) => mustBeOwner(owner, shown));
  guests.mustBeWelcome(session.state.party.principal);
  return { session, shown };
}

/** Somebody reads on until this is called back, or until it is turned away or its token ends: then `end` is called. */
function staying(
  guest: Guest,
  shown: Identity | null,
  { house }: Gateway,
  guests: Guests,
  end: () => void,
): () => void {
  const leave = guests.listen(guest, end);
  const lasting = endAt(shown?.until ?? null, house.clock, { end });
  return () => {
    leave();
    lasting();
  };
}

/** As many as came: what `Content-Length` says is missing where a body is sent in chunks. */
async function bytesOf(c: Context): Promise<number> {
  return (await c.req.arrayBuffer()).byteLength;
}

function idempotencyKey(c: Context, min: number): string {
  const key = c.req.header("idempotency-key");
  if (!key)
    throw new Fault("idempotency_key_missing", "send an Idempotency-Key, the same one when you try again");
  if (key.length < min || key.length > BOUNDS.id_chars) {
    throw new Fault("bad_frame", `Idempotency-Key: ${min} to ${BOUNDS.id_chars} characters`);
  }
  return key;
}

/** The address a request comes from. */
export function cameFrom(c: Context, trusted: Proxies): string {
  const { socket } = (c.env as HttpBindings).incoming;
  return addressOf(socket.remoteAddress, c.req.header("x-forwarded-for"), trusted);
}

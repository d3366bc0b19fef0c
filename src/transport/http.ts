import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault, problemsOf } from "../domain/fault.ts";
import { DecisionBody, MessageBody, Opening } from "../protocol/bodies.ts";
import { asFault, parseJson } from "../protocol/codec.ts";
import { OrderAnswer } from "../protocol/frames.ts";
import { admit, bucket, type Door, mustBe } from "../session/admission.ts";
import type { Gateway } from "../session/gateway.ts";
import { answerOrder, decideApproval } from "../session/orders.ts";
import type { Session } from "../session/session.ts";
import { welcome } from "../session/welcome.ts";
import { events } from "./events.ts";
import { bearer, problem } from "./problem.ts";

export interface HttpOptions {
  readonly door: Door;
  readonly messages_per_minute: number;
}

/** The same conversation for those who cannot hold a socket: acts by POST, events by page or SSE, one log. */
export function http(app: Hono, gateway: Gateway, options: HttpOptions): void {
  const spend = spending(options.messages_per_minute);

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

  app.post("/v1/sessions", async (c) => {
    const key = idempotencyKey(c, 16);
    const opening = await body(c, Opening);
    const party = admit(options.door, "buyer", bearer(c), opening.kind);
    spend(party.principal);
    const { session, secret, opened } = await gateway.open(opening, party, key);
    if (!opened) c.header("idempotent-replayed", "true");
    return c.json(
      welcome(gateway, session, { resumed: false, secret }, session.state.seq, options.messages_per_minute),
      201,
    );
  });

  app.post("/v1/sessions/:id/messages", async (c) => {
    const session = await entered(c, gateway);
    const message = { id: idempotencyKey(c, 1), ...(await body(c, MessageBody)) };
    spend(session.id);
    const { seq, last, duplicate } = await session.submit(message, null, c.req.raw.signal);
    if (duplicate) c.header("idempotent-replayed", "true");
    const following = await gateway.house.store.read(session.id, seq, last - seq);
    const frames = following.map((item) => `{"type":"event","seq":${item.seq},"event":${item.json}}`);
    const ack = JSON.stringify({ type: "ack", id: message.id, seq, ...(duplicate ? { duplicate } : {}) });
    return c.body(`{"ack":${ack},"events":[${frames.join(",")}]}`, 200, {
      "content-type": "application/json",
    });
  });

  app.get("/v1/sessions/:id/events", async (c) => events(c, gateway, await entered(c, gateway)));

  app.post("/v1/orders/:intent/status", async (c) => {
    mustBe(options.door.receiver_token, bearer(c), "receiver");
    const answer = await body(c, OrderAnswer);
    const status = await answerOrder(gateway, c.req.param("intent"), answer);
    return c.json({ intent: c.req.param("intent"), status });
  });

  app.post("/v1/orders/:intent/decision", async (c) => {
    mustBe(options.door.staff_token, bearer(c), "staff");
    const decision = await body(c, DecisionBody);
    const status = await decideApproval(gateway, c.req.param("intent"), decision);
    return c.json({ intent: c.req.param("intent"), status });
  });

  app.notFound((c) =>
    problem(c, new Fault("not_found", `there is nothing at ${c.req.path}; see /.well-known/parley.json`)),
  );
  app.onError((error, c) => {
    const fault = asFault(error);
    gateway.house.meter.fault(fault.code);
    if (fault.cause !== undefined) {
      gateway.house.log.warn({ code: fault.code, cause: String(fault.cause) }, "a request was refused");
    }
    return problem(c, fault);
  });
}

/** The session in the path, for who holds its secret. */
async function entered(c: Context, gateway: Gateway): Promise<Session> {
  const secret = bearer(c);
  if (secret === undefined)
    throw new Fault("unauthorized", "send the session's secret as Authorization: Bearer");
  return gateway.enter(c.req.param("id") ?? "", secret);
}

async function body<S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await c.req.arrayBuffer());
  } catch (cause) {
    throw new Fault("bad_encoding", "the body is not UTF-8", { cause });
  }
  const parsed = schema.safeParse(text === "" ? {} : parseJson(text));
  if (!parsed.success) throw new Fault("bad_frame", problemsOf(parsed.error));
  return parsed.data;
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

/** One bucket a session or principal; the least recently used go first. */
function spending(per_minute: number): (who: string) => void {
  const buckets = new Map<string, () => void>();
  return (who) => {
    const spend = buckets.get(who) ?? bucket(per_minute, () => performance.now());
    buckets.delete(who);
    buckets.set(who, spend);
    if (buckets.size > 10_000) buckets.delete(buckets.keys().next().value ?? who);
    spend();
  };
}

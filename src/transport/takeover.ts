import type { Context, Hono } from "hono";
import type { z } from "zod";
import {
  DraftBody,
  HandBackBody,
  LeaseBody,
  NothingBody,
  StaffSayBody,
  WhisperBody,
} from "../protocol/staff.ts";
import { draft } from "../session/draft.ts";
import type { Gateway } from "../session/gateway.ts";
import { close, handBack, renew, say, takeOver } from "../session/takeover.ts";
import { whisper } from "../session/whisper.ts";
import { body } from "./body.ts";
import { type StaffAccess, staffOf } from "./staff-access.ts";

/** What staff do in a conversation: take it, speak in it, give it back, and help the agent along. */
export function takeover(app: Hono, gateway: Gateway, access: StaffAccess): void {
  const on = <S extends z.ZodType>(
    what: string,
    schema: S,
    work: (as: {
      c: Context;
      id: string;
      staff: Awaited<ReturnType<typeof staffOf>>;
      sent: z.infer<S>;
    }) => Promise<object>,
  ) =>
    app.post(`/v1/staff/sessions/:id/${what}`, async (c) => {
      const staff = await staffOf(c, access, "agent");
      const sent = await body(c, schema);
      return c.json(await work({ c, id: c.req.param("id"), staff, sent }));
    });

  on("take", NothingBody, ({ id, staff }) => takeOver(gateway, id, staff));
  on("renew", LeaseBody, ({ id, staff, sent }) => renew(gateway, id, staff, sent.lease));
  on("say", StaffSayBody, ({ id, staff, sent }) => say(gateway, id, staff, sent));
  on("close", LeaseBody, ({ id, staff, sent }) => close(gateway, id, staff, sent.lease));
  on("whisper", WhisperBody, ({ id, staff, sent }) => whisper(gateway, id, staff, sent));
  on("draft", DraftBody, ({ c, id }) => draft(gateway, id, c.req.raw.signal));
  on("hand-back", HandBackBody, ({ id, staff, sent }) => handBack(gateway, id, staff, sent.lease, sent.note));
}

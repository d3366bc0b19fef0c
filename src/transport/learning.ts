import type { Context, Hono } from "hono";
import type { z } from "zod";
import { Fault, problemsOf } from "../domain/fault.ts";
import type { Staff } from "../domain/staff.ts";
import { type GapAnswered, type GapDismissed, GapDraft, type GapPage, GapQuery } from "../protocol/gaps.ts";
import { type Insights, InsightsQuery } from "../protocol/insights.ts";
import { body } from "./body.ts";
import { type StaffAccess, staffOf } from "./staff-access.ts";

/** What the gateway learns from its own conversations. For staff alone: what it says holds limits. */
export interface LearningDesk {
  gaps(query: GapQuery): Promise<GapPage>;
  answer(gap: string, draft: GapDraft, by: Staff): Promise<GapAnswered>;
  publish(gap: string, by: Staff): Promise<GapAnswered>;
  dismiss(gap: string, by: Staff): Promise<GapDismissed>;
  insights(query: InsightsQuery): Promise<Insights>;
  insightsCsv(query: InsightsQuery): Promise<string>;
}

/** Gaps in what the agent knows, and figures of all conversations. */
export function learning(app: Hono, open: () => Promise<LearningDesk>, access: StaffAccess): void {
  app.get("/v1/staff/gaps", async (c) => {
    await staffOf(c, access, "viewer");
    return c.json(await (await open()).gaps(queryOf(c, GapQuery)));
  });
  app.post("/v1/staff/gaps/:id/answer", async (c) => {
    const by = await staffOf(c, access, "agent");
    return c.json(await (await open()).answer(c.req.param("id"), await body(c, GapDraft), by));
  });
  app.post("/v1/staff/gaps/:id/publish", async (c) => {
    const by = await staffOf(c, access, "manager");
    return c.json(await (await open()).publish(c.req.param("id"), by));
  });
  app.post("/v1/staff/gaps/:id/dismiss", async (c) => {
    const by = await staffOf(c, access, "agent");
    return c.json(await (await open()).dismiss(c.req.param("id"), by));
  });
  app.get("/v1/staff/insights", async (c) => {
    await staffOf(c, access, "viewer");
    return c.json(await (await open()).insights(queryOf(c, InsightsQuery)));
  });
  app.get("/v1/staff/insights.csv", async (c) => {
    await staffOf(c, access, "viewer");
    const csv = await (await open()).insightsCsv(queryOf(c, InsightsQuery));
    return c.body(csv, 200, {
      ...{ "content-type": "text/csv; charset=utf-8" },
      "content-disposition": 'attachment; filename="insights.csv"',
    });
  });
}

function queryOf<S extends z.ZodType>(c: Context, schema: S): z.infer<S> {
  const parsed = schema.safeParse(c.req.query());
  if (!parsed.success) throw new Fault("bad_frame", problemsOf(parsed.error));
  return parsed.data;
}

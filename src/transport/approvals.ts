import type { Context, Hono } from "hono";
import { Fault, problemsOf } from "../domain/fault.ts";
import { principalOf } from "../domain/staff.ts";
import { ApprovalQuery, DecisionBody, DecisionsBody } from "../protocol/bodies.ts";
import { CounterBody, CounterSchemaQuery, counterSchema } from "../protocol/staff.ts";
import { awaitingApproval, decideAll } from "../session/approvals.ts";
import { counterOrder } from "../session/counter.ts";
import type { Gateway } from "../session/gateway.ts";
import { decideApproval } from "../session/orders.ts";
import { body } from "./body.ts";
import { type StaffAccess, staffOf } from "./staff-access.ts";

/** Orders above what code may sell alone: what waits, and a person's yes or no to one or several. */
export function approvals(app: Hono, gateway: Gateway, access: StaffAccess): void {
  const decider = async (c: Context) =>
    principalOf(await staffOf(c, access, gateway.house.policy().vendor.approve_as));

  app.get("/v1/approvals", async (c) => {
    await staffOf(c, access, "viewer");
    const query = ApprovalQuery.safeParse(c.req.query());
    if (!query.success) throw new Fault("bad_frame", problemsOf(query.error));
    const { after, limit } = query.data;
    return c.json(await awaitingApproval(gateway, after ?? null, limit));
  });

  app.post("/v1/approvals", async (c) => {
    const principal = await decider(c);
    return c.json(await decideAll(gateway, await body(c, DecisionsBody), principal));
  });

  app.post("/v1/orders/:intent/decision", async (c) => {
    const principal = await decider(c);
    const decision = await body(c, DecisionBody);
    return c.json(await decideApproval(gateway, c.req.param("intent"), decision, principal));
  });

  app.get("/v1/approvals/schema", async (c) => {
    await staffOf(c, access, "viewer");
    const query = CounterSchemaQuery.safeParse(c.req.query());
    if (!query.success) throw new Fault("bad_frame", problemsOf(query.error));
    const { vendor } = gateway.house.policy();
    return c.json(counterSchema(vendor, query.data.lang ?? vendor.languages[0] ?? "en"));
  });

  app.post("/v1/orders/:intent/counter", async (c) => {
    const staff = await staffOf(c, access, gateway.house.policy().vendor.approve_as);
    return c.json(await counterOrder(gateway, c.req.param("intent"), await body(c, CounterBody), staff));
  });
}

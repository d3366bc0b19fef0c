import type { Hono } from "hono";
import { Fault } from "../domain/fault.ts";
import type { Staff } from "../domain/staff.ts";
import {
  type LabOverview,
  type LabResult,
  LabRun,
  type Promoted,
  Promotion,
  PromptEdit,
  PromptName,
} from "../protocol/lab.ts";
import {
  type FileSaved,
  LimitsEdit,
  type LimitsLive,
  type LimitsPreview,
  LimitsTrial,
} from "../protocol/limits.ts";
import { body } from "./body.ts";
import { type StaffAccess, staffOf } from "./staff-access.ts";

/** The vendor's limits, secret as they are: for managers alone. */
export interface LimitsDesk {
  live(): Promise<LimitsLive>;
  preview(trial: LimitsTrial): Promise<LimitsPreview>;
  save(edit: LimitsEdit, by: Staff): Promise<FileSaved>;
}

/** Conversations that must not break, and the prompts they are played with. */
export interface LabDesk {
  overview(): Promise<LabOverview>;
  run(what: LabRun, by: Staff): Promise<LabResult>;
  savePrompt(name: string, edit: PromptEdit, by: Staff): Promise<FileSaved>;
  promote(what: Promotion): Promise<Promoted>;
}

/** What staff try before it counts: limits on simulated visitors, prompts on fixtures. */
export function workshop(
  app: Hono,
  desks: { readonly limits: () => Promise<LimitsDesk>; readonly lab: () => Promise<LabDesk> },
  access: StaffAccess,
): void {
  app.get("/v1/staff/limits", async (c) => {
    await staffOf(c, access, "manager");
    return c.json(await (await desks.limits()).live());
  });
  app.post("/v1/staff/limits/preview", async (c) => {
    await staffOf(c, access, "manager");
    return c.json(await (await desks.limits()).preview(await body(c, LimitsTrial)));
  });
  app.put("/v1/staff/limits", async (c) => {
    const by = await staffOf(c, access, "manager");
    return c.json(await (await desks.limits()).save(await body(c, LimitsEdit), by));
  });

  app.get("/v1/staff/lab", async (c) => {
    await staffOf(c, access, "viewer");
    return c.json(await (await desks.lab()).overview());
  });
  app.post("/v1/staff/lab/run", async (c) => {
    const by = await staffOf(c, access, "agent");
    return c.json(await (await desks.lab()).run(await body(c, LabRun), by));
  });
  app.put("/v1/staff/lab/prompts/:name", async (c) => {
    const by = await staffOf(c, access, "manager");
    const name = PromptName.safeParse(c.req.param("name"));
    if (!name.success) throw new Fault("not_found", `there is no prompt ${c.req.param("name")}`);
    return c.json(await (await desks.lab()).savePrompt(name.data, await body(c, PromptEdit), by));
  });
  app.post("/v1/staff/lab/promote", async (c) => {
    await staffOf(c, access, "agent");
    return c.json(await (await desks.lab()).promote(await body(c, Promotion)));
  });
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../adapters/clock.ts";
import { openKeys } from "../adapters/keys.ts";
import { nameOf, type SignedCheckpoint } from "../domain/checkpoint.ts";
import { Fault } from "../domain/fault.ts";
import { type Audited, auditAll, auditErasures, auditSession } from "../session/audit.ts";
import { auditCheckpoints } from "../session/audit-checkpoints.ts";
import { type Checkpoints, checkpointIn, lastOf, makeCheckpoint } from "../session/checkpoint.ts";
import type { AuditSources, Finding } from "../session/finding.ts";
import { options } from "./arguments.ts";
import { type Config, loadConfig } from "./config.ts";
import { atHome, type Home } from "./home.ts";
import { count, counted } from "./progress.ts";

const USAGE = `usage: parley audit verify [session] [--against <file>]
       parley audit checkpoint
`;

/**
 * `verify` walks the chain of every session, every order and every checkpoint, and names what is broken (exit code 1);
 * `--against` holds them against a checkpoint that was kept elsewhere, too. `checkpoint` signs how far every log reaches
 * and prints it, to be kept where nobody of this machine can write.
 */
export async function run([what, ...rest]: string[]): Promise<number> {
  const config = await loadConfig(process.env);
  const session = rest[0]?.startsWith("-") ? undefined : rest.shift();
  const given = options(rest, { against: { type: "string" } });
  if (given === null || (what !== "verify" && what !== "checkpoint") || (what === "checkpoint" && session)) {
    if (given === null) process.stdout.write(USAGE);
    else throw new Fault("bad_config", USAGE.trim());
    return 0;
  }
  return atHome(config, (home) =>
    what === "checkpoint" ? checkpoint(home) : verify(config, home, session, given.against),
  );
}

async function checkpoint(home: Home): Promise<number> {
  const made = await home.audit.locked(() => makeCheckpoint(checkpointsOf(home)));
  process.stdout.write(`${JSON.stringify(made)}\n`);
  return 0;
}

async function verify(
  { home: folder }: Pick<Config, "home">,
  home: Home,
  session: string | undefined,
  against: string | undefined,
): Promise<number> {
  const { store, audit } = home;
  const sources: AuditSources = {
    ...{ store, erasures: audit.signs.erasures },
    orders: await openKeys(join(folder, "keys")),
  };
  const kept = against === undefined ? null : keptIn(against);
  const sum = { sessions: 0, events: 0, unchained: 0, orders: 0, erased: 0, broken: 0 };
  const add = (audited: Audited) => {
    sum.sessions += 1;
    for (const name of ["events", "unchained", "orders"] as const) sum[name] += audited[name];
    if (audited.erased) sum.erased += 1;
    for (const finding of audited.findings) sum.broken += said(finding);
  };
  if (session !== undefined) {
    if ((await store.head(session)) === null && (await store.receipt(session)) === null)
      throw new Fault("unknown_session", `there is no session ${session} here`);
    add(await auditSession(session, sources));
  } else {
    for await (const audited of auditAll(sources)) add(audited);
    for await (const finding of auditErasures(audit.erasures, sources)) sum.broken += said(finding);
    const walk = auditCheckpoints({ ...sources, ...checkpointsOf(home) }, kept);
    let step = await walk.next();
    for (; !step.done; step = await walk.next()) sum.broken += said(step.value);
    const { checkpoints, heads } = step.value;
    process.stdout.write(`${counted(checkpoints, "checkpoint", "checkpoints")} over ${count(heads)} heads\n`);
    const last = await lastOf(audit.checkpoints);
    if (last) process.stdout.write(`the last, of ${last.checkpoint.at}, is named ${nameOf(last)}\n`);
  }
  const { sessions, events, unchained, orders, erased } = sum;
  process.stdout.write(
    `${counted(sessions, "session", "sessions")} (${count(erased)} erased), ${counted(events, "event", "events")}, ${counted(orders, "order", "orders")}: ${sum.broken === 0 ? "whole" : `${count(sum.broken)} BROKEN`}\n`,
  );
  if (unchained > 0)
    process.stdout.write(`${counted(unchained, "event is", "events are")} from before logs were chained\n`);
  return sum.broken === 0 ? 0 : 1;
}

function said({ breach, session, seq, says }: Finding): number {
  const where = [session, seq === null ? null : `event ${seq}`].filter(Boolean).join(" ");
  process.stdout.write(`${breach}${where ? ` ${where}` : ""}: ${says}\n`);
  return 1;
}

/** The last checkpoint of a file that was kept. */
function keptIn(file: string): SignedCheckpoint {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Fault("bad_config", `--against ${file}: there is no such file`, { cause });
  }
  const kept = text
    .split("\n")
    .flatMap((line) => checkpointIn(line) ?? [])
    .at(-1);
  if (!kept) throw new Fault("bad_config", `--against ${file}: it holds no checkpoint`);
  return kept;
}

function checkpointsOf({ store, audit }: Home): Checkpoints {
  const { heads, checkpoints: journal, signs } = audit;
  return { store, clock: systemClock(), signer: signs.checkpoints, heads, journal };
}

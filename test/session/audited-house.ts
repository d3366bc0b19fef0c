import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openKeys } from "../../src/adapters/keys.ts";
import { openAudit } from "../../src/app/audit-home.ts";
import { Act } from "../../src/domain/act.ts";
import type { SignedCheckpoint } from "../../src/domain/checkpoint.ts";
import type { Party } from "../../src/domain/party.ts";
import type { IntentView, Move } from "../../src/domain/reply.ts";
import { auditAll, auditErasures } from "../../src/session/audit.ts";
import { auditCheckpoints } from "../../src/session/audit-checkpoints.ts";
import { type Checkpoints, makeCheckpoint } from "../../src/session/checkpoint.ts";
import type { Eraser } from "../../src/session/erase.ts";
import type { AuditSources, Finding } from "../../src/session/finding.ts";
import type { Session } from "../../src/session/session.ts";
import { newId, taking, wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

/** A house of real parts with everything that audits and erases it. */
export interface AuditedHouse extends OpenedHouse {
  readonly eraser: Eraser;
  readonly checkpoints: Checkpoints;
  /** Orders whose deliveries were to be forgotten. */
  readonly forgotten: string[];
  checkpoint(): Promise<SignedCheckpoint>;
  /** Everything that is wrong, sessions first. */
  findings(kept?: SignedCheckpoint | null): Promise<Finding[]>;
  /** Somebody at the database file itself, with no intention to be noticed. */
  tamper(sql: string, ...given: (string | number | null)[]): void;
}

export async function openAudited(): Promise<AuditedHouse> {
  const house = await openHouse();
  const { store, home, gateway } = house;
  const { clock } = gateway.house;
  const audit = await openAudit(home);
  const forgotten: string[] = [];
  const eraser: Eraser = {
    ...{ store, clock, signer: audit.signs.erasures, ledger: audit.erasures, key: "key of this test" },
    forgetOrders: async (ids) => void forgotten.push(...ids),
    sinks: ["receiver"],
  };
  const checkpoints: Checkpoints = {
    ...{ store, clock, signer: audit.signs.checkpoints },
    ...{ heads: audit.heads, journal: audit.checkpoints },
  };
  const sources: AuditSources = {
    ...{ store, erasures: audit.signs.erasures },
    orders: await openKeys(join(home, "keys")),
  };
  return {
    ...house,
    ...{ eraser, checkpoints, forgotten },
    checkpoint: async () => {
      const made = await makeCheckpoint(checkpoints);
      if (!made) throw new Error("no checkpoint was made");
      return made;
    },
    findings: async (kept = null) => {
      const found: Finding[] = [];
      for await (const { findings } of auditAll(sources)) found.push(...findings);
      for await (const finding of auditErasures(audit.erasures, sources)) found.push(finding);
      const walk = auditCheckpoints({ ...sources, ...checkpoints }, kept);
      for (let step = await walk.next(); !step.done; step = await walk.next()) found.push(step.value);
      return found;
    },
    tamper: (sql, ...given) => {
      const db = new DatabaseSync(join(home, "parley.db"));
      try {
        db.prepare(sql).run(...given);
      } finally {
        db.close();
      }
    },
  };
}

/** Says an act, and gives what the vendor's side did. */
export async function act(house: OpenedHouse, session: Session, one: object): Promise<Move> {
  const { seq } = await session.submit({ id: newId(), act: Act.parse(one) }, null);
  const [stored] = await house.store.read(session.id, seq, 1);
  return (JSON.parse(stored?.json ?? "{}") as { move: Move }).move;
}

/** A session that greets, bargains and buys. */
export async function shopped(
  house: OpenedHouse,
  party: Party = BUYER,
  sku = "HS-B1",
  quantity = 1,
): Promise<{ session: Session; secret: string; intent: IntentView }> {
  const { session, secret } = await house.gateway.open(OPENING, party);
  await act(house, session, { act: "greet" });
  const [offer] = (await act(house, session, wish(sku, quantity))).offers;
  if (!offer) throw new Error("no offer came");
  const [intent] = (await act(house, session, taking(offer))).intents;
  if (!intent) throw new Error("nothing was bought");
  return { session, secret, intent };
}

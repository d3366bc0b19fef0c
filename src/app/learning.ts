import { basename } from "node:path";
import { both } from "../adapters/lexical/both.ts";
import { passingKey } from "../adapters/passing-key.ts";
import { open } from "../adapters/sqlite/database.ts";
import { directStore } from "../adapters/sqlite/direct.ts";
import { Fault } from "../domain/fault.ts";
import { inLang } from "../domain/text.ts";
import { gapsPage, type NameOf } from "../learning/gaps.ts";
import { insights } from "../learning/insights.ts";
import { insightsCsv } from "../learning/insights-csv.ts";
import { projector } from "../learning/projector.ts";
import type { Rehearse } from "../learning/rehearsal.ts";
import type { Search } from "../ports/search.ts";
import type { Insights, InsightsQuery } from "../protocol/insights.ts";
import type { House } from "../session/house.ts";
import type { LearningDesk } from "../transport/learning.ts";
import type { Base } from "./base.ts";
import type { Config } from "./config.ts";
import { gapDesk } from "./gap-desk.ts";

/** Whoever asks waits so long for conversations that were not looked at yet; then it is told that some are left. */
const PATIENCE_MS = 5_000;
const DAY_MS = 86_400_000;
/** What a look-up of names may take. */
const NAMES_MS = 2_000;
const REHEARSED_MS = 10_000;
/** Codes of one look-up. */
const SKUS = 20;

/** What a gateway learns from its own log, and the staff's side of it. */
export interface Learning {
  readonly desk: LearningDesk;
  /** Looks at what was said before this gateway started; nobody waits for it. */
  begin(): void;
  stop(): Promise<void>;
}

export function openLearning(
  { home, vendor }: Pick<Config, "home" | "vendor">,
  { store, hindsight, catalogue, finding }: Pick<Base, "store" | "hindsight" | "catalogue" | "finding">,
  house: Pick<House, "search" | "policy" | "clock" | "log">,
): Learning {
  const looking = projector(store, hindsight, house.log);
  const written = async () => {
    const own = await catalogue(house.policy().vendor.default_stock);
    return finding ? both(own, finding.catalogue) : own;
  };
  const answers = async (query: InsightsQuery): Promise<Insights> => {
    const span = spanOf(query, house.clock.now());
    const complete = await looking.catchUp(PATIENCE_MS);
    return { complete, ...(await insights(span, house.clock.now(), hindsight)) };
  };
  return {
    desk: {
      ...gapDesk({
        ...{ home, house, hindsight },
        vendor: basename(vendor),
        catalogue: written,
        rehearse: rehearsing(house),
      }),
      gaps: async (query) => {
        const complete = await looking.catchUp(PATIENCE_MS);
        return { complete, ...(await gapsPage(query, hindsight, namesIn(house.search))) };
      },
      insights: answers,
      insightsCsv: async (query) => insightsCsv(await answers(query)),
    },
    begin: () => void looking.catchUp(0),
    stop: looking.stop,
  };
}

function spanOf({ from, to }: InsightsQuery, now: string): { readonly from: string; readonly to: string } {
  // What was opened at this very instant is in it.
  const end = to ?? new Date(Date.parse(now) + 1).toISOString();
  const start = from ?? new Date(Date.parse(end) - 30 * DAY_MS).toISOString();
  if (start >= end) throw new Fault("bad_frame", `from: ${start} is not before ${end}`);
  return { from: start, to: end };
}

function namesIn(search: Search): NameOf {
  return async (skus) => {
    const names = new Map<string, string>();
    for (let at = 0; at < skus.length; at += SKUS) {
      const some = skus.slice(at, at + SKUS);
      const { entries } = await search.find({ kind: "products", skus: some }, NAMES_MS);
      for (const { entry } of entries)
        if (entry.kind === "product") names.set(entry.id, inLang(entry.title, "en"));
    }
    return names;
  };
}

/**
 * The vendor's own goods, prices and texts, and a store in memory: nothing that is played leaves a trace. No buyer waits, so
 * that look-ups may take their time.
 */
function rehearsing({ search, policy }: Pick<House, "search" | "policy">): Rehearse {
  const patient: Search = {
    ...search,
    find: (lookup, _, viewer) => search.find(lookup, REHEARSED_MS, viewer),
  };
  return async (through) => {
    const db = open(":memory:");
    return {
      house: {
        store: directStore(db),
        search: through(patient),
        signer: passingKey("parley-intent+jws"),
        policy,
      },
      close: () => db.close(),
    };
  };
}

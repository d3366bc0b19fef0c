import type { Entry } from "../domain/entry.ts";
import { Fault } from "../domain/fault.ts";
import { mayAs, type Staff } from "../domain/staff.ts";
import { type Drafted, drafted, fixtureText } from "../learning/draft.ts";
import { opened } from "../learning/record.ts";
import { type Rehearse, rehearsed, shortfall } from "../learning/rehearsal.ts";
import type { Catalogue } from "../ports/catalogue.ts";
import type { Hindsight } from "../ports/hindsight.ts";
import type { GapAnswered, GapDeed, GapDraft } from "../protocol/gaps.ts";
import type { House } from "../session/house.ts";
import type { LearningDesk } from "../transport/learning.ts";
import { learnedFiles } from "./learned-files.ts";

export interface GapDeskOptions {
  readonly home: string;
  /** The name fixtures call the vendor's folder by. */
  readonly vendor: string;
  readonly house: Pick<House, "search" | "policy" | "clock" | "log">;
  readonly hindsight: Hindsight;
  readonly catalogue: () => Promise<Catalogue>;
  readonly rehearse: Rehearse;
}

/** Examples that a draft may take its question from. */
const EXAMPLES = 4;

/** Where staff answer what the agent could not: once, and after a manager's yes it is knowledge like any other. */
export function gapDesk(options: GapDeskOptions): Pick<LearningDesk, "answer" | "publish" | "dismiss"> {
  const { hindsight, house } = options;
  const files = learnedFiles(options.home);
  let last: Promise<unknown> = Promise.resolve();
  /** One at a time: what is rehearsed is what goes live. */
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
  const deedOf = (what: GapDeed["what"], by: Staff, note?: string): GapDeed => {
    const deed = { what, by: by.name, at: house.clock.now(), ...(note === undefined ? {} : { note }) };
    house.log.info({ deed: what, by: by.name }, "a gap");
    return deed;
  };
  const draftOf = async (gap: string, draft: GapDraft): Promise<Drafted> => {
    const examples = await hindsight.examples([gap], EXAMPLES);
    if (examples.length === 0) throw unknownGap(gap);
    const { vendor } = house.policy();
    const currency = vendor.markets[0]?.currency ?? "USD";
    return drafted({ gap, draft, examples, currency, vendor: options.vendor, at: house.clock.now() });
  };

  return {
    answer: (gap, draft, by) =>
      inOrder(async () => {
        await mustBeSold(draft.about, house);
        const made = await draftOf(gap, draft);
        const { change } = await opened(gap, hindsight);
        await change({ state: "drafted", draft }, deedOf("answered", by));
        return answered(gap, "drafted", made);
      }),
    publish: (gap, by) =>
      inOrder(async () => {
        const { record, change } = await opened(gap, hindsight);
        if (record.draft === null || record.state === "dismissed")
          throw new Fault("edit_conflict", "there is no answer to publish; answer the question first");
        const made = await draftOf(gap, record.draft);
        const short = async (why: string) => {
          await change({}, deedOf("refused", by, why));
          return new Fault("fixture_failed", `nothing was published: ${why}`);
        };
        const before = shortfall(await rehearsed(made.fixtures, made.entries, options.rehearse));
        if (before !== null) throw await short(before);
        await load(gap, made.entries, options);
        // Among all else that the vendor knows, as buyers will find it from now on.
        const now = shortfall(await rehearsed(made.fixtures, [], options.rehearse));
        if (now !== null) {
          await load(gap, await files.of(gap), options);
          throw await short(now);
        }
        const entries = made.entries.map(({ id }) => id);
        await change({ state: "live", entries }, deedOf("published", by)).catch(async (error: unknown) => {
          // Whoever was quicker decided what is live.
          const { record: now } = await opened(gap, hindsight);
          if (now.state !== "live") await load(gap, [], options);
          throw error;
        });
        await files.put(gap, made);
        return answered(gap, "live", made);
      }),
    dismiss: (gap, by) =>
      inOrder(async () => {
        const { record, change } = await opened(gap, hindsight);
        // What was answered may be taken back also when those who asked have been erased.
        if (record.draft === null && (await hindsight.examples([gap], 1)).length === 0) throw unknownGap(gap);
        if (record.entries.length > 0 && !mayAs("manager", by))
          throw new Fault("forbidden", "what is live is taken back by a manager", {
            detail: { needs: "manager" },
          });
        await change({ state: "dismissed", entries: [] }, deedOf("dismissed", by));
        if (record.entries.length > 0) {
          await load(gap, [], options);
          await files.put(gap, { entries: [], fixtures: [] });
        }
        return { gap, state: "dismissed" as const };
      }),
  };
}

function unknownGap(gap: string): Fault {
  return new Fault("not_found", `there is no gap ${gap}: nobody's question is in it any more`);
}

function answered(gap: string, state: GapAnswered["state"], { entries, fixtures }: Drafted): GapAnswered {
  return {
    ...{ gap, state, entries: [...entries] },
    fixtures: fixtures.map((fixture) => ({ id: fixture.id, text: fixtureText(fixture) })),
  };
}

async function mustBeSold(sku: string | null, { search }: Pick<House, "search">): Promise<void> {
  if (sku === null) return;
  const { entries } = await search.find({ kind: "products", skus: [sku] }, DEADLINE_MS);
  if (!entries.some(({ live }) => live))
    throw new Fault(
      "bad_frame",
      `about: no product ${sku} is sold here; give a code of one, or null for the shop`,
    );
}

const DEADLINE_MS = 2_000;

/** Each gap is an origin of its own, so that loading one again withdraws what it no longer has and nothing else. */
async function load(gap: string, entries: readonly Entry[], { catalogue }: GapDeskOptions): Promise<void> {
  const coming = await (await catalogue()).begin(`learned/${gap}`);
  if (entries.length > 0) await coming.put(entries);
  await coming.finish();
}

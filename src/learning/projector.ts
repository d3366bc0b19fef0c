import { derivedId } from "../domain/hash.ts";
import type { Hindsight, Lack } from "../ports/hindsight.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import { conversation } from "./conversation.ts";
import { figuresOf } from "./figures.ts";
import { type Lacking, lacksOf } from "./lacks.ts";
import { alike } from "./subject.ts";

/** Counts up when conversations are looked at in another way: then all of them are looked at again. */
const VERSION = 1;
/** Sessions of one look for those that have said more. */
const PAGE = 500;
/** From here on two questions that name no known attribute are the same one. */
const ALIKE = 0.5;
/** Groups that a question is held against. */
const EXEMPLARS = 300;

export interface Projector {
  /**
   * Looks at every session that has said something since it was last looked at, and resolves when that is done or `ms` are
   * over: true when nothing is left. What is left goes on being looked at.
   */
  catchUp(ms: number): Promise<boolean>;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * Keeps what conversations came to beside their log, session by session, from where it stood. One session at a time and
 * everybody else between two: customers do not wait for it.
 */
export function projector(store: Store, hindsight: Hindsight, log: Log): Projector {
  let going: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;
  let stopped = false;

  const all = async () => {
    for (let after: string | null = null; !stopped; ) {
      const page: Awaited<ReturnType<Hindsight["behind"]>> = await hindsight.behind(VERSION, after, PAGE);
      for (const session of page.sessions) {
        if (stopped) return;
        await lookAt(session, store, hindsight).catch((error: unknown) =>
          log.error({ session, cause: String(error) }, "a conversation could not be looked at"),
        );
        await new Promise((next) => setImmediate(next));
      }
      if (page.next === null) return;
      after = page.next;
      await new Promise((next) => setImmediate(next));
    }
  };

  const begin = (): Promise<void> => {
    const run = all().finally(() => {
      going = null;
    });
    going = run;
    return run;
  };
  // What runs may have passed a session that has said more since; all who come meanwhile share the next run.
  const afresh = (): Promise<void> => {
    if (!going) return begin();
    waiting ??= going
      .catch(() => {})
      .then(() => {
        waiting = null;
        return begin();
      });
    return waiting;
  };

  return {
    catchUp: async (ms) => {
      const done = afresh().then(
        () => true,
        (error: unknown) => {
          log.error({ cause: String(error) }, "conversations could not be looked at");
          return false;
        },
      );
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(resolve, ms, false);
      });
      return Promise.race([done, late]).finally(() => clearTimeout(timer));
    },
    stop: async () => {
      stopped = true;
      await (waiting ?? going)?.catch(() => {});
    },
  };
}

async function lookAt(id: string, store: Store, hindsight: Hindsight): Promise<void> {
  const talk = await conversation(id, store);
  const first = talk?.log[0];
  if (!talk || !first) return;
  const lacks: Lack[] = [];
  for (const { subject, ...lacking } of lacksOf(talk))
    lacks.push({ ...lacking, gap: await gapOf({ ...lacking, subject }, hindsight) });
  await hindsight.put({
    ...{ session: id, version: VERSION, lacks, opened_at: first.event.at },
    seq: talk.log.at(-1)?.seq ?? 0,
    figures: JSON.stringify(figuresOf(talk)),
  });
}

/**
 * The group of a question: all about one attribute of one product, whatever the language; else those that are worded alike
 * about one product, after which the group is named by whoever came first.
 */
async function gapOf({ sku, subject, text }: Lacking, hindsight: Hindsight): Promise<string> {
  if (subject !== null) return derivedId("gap_s", sku ?? "", subject);
  let best = { gap: derivedId(WORDED, sku ?? "", text), share: ALIKE };
  for (const one of await hindsight.exemplars(sku, WORDED, EXEMPLARS)) {
    const share = alike(text, one.text);
    if (share > best.share || (share === best.share && best.share === ALIKE)) best = { gap: one.gap, share };
  }
  return best.gap;
}

const WORDED = "gap_w";

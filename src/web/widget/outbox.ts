import type { Act } from "../../domain/act.ts";
import { newId } from "../../protocol/ids.ts";
import { shelf } from "./shelf.ts";

/** What somebody says: in words, or by a button or form. */
export type Utterance =
  | { readonly text: string; readonly act?: undefined }
  | { readonly text?: undefined; readonly act: Act };
/** The same as the log has it. */
export interface Said {
  readonly id: string;
  readonly text?: string | undefined;
  readonly act?: Act | undefined;
}
/** A message that was typed and is not known to be in the log. */
export type Unsent = Utterance & { readonly id: string; readonly key: string };

/** Milliseconds after which a message of another tab is anybody's to send: its tab may have ended. */
const ABANDONED_MS = 3_000;

const prefixOf = (url: string) => `parley unsent ${url} `;

/** What people typed for this gateway, in the order they typed it, in whichever tab. */
export function unsentFor(url: string): Unsent[] {
  return Object.keys(shelf)
    .filter((key) => key.startsWith(prefixOf(url)))
    .sort()
    .map((key) => ({ key, ...JSON.parse(shelf[key]) }));
}

/**
 * What people typed is kept in `localStorage` until the log has it: over reloads, lost networks and closed tabs. Each message is
 * a key of its own that begins with its time, so that tabs never overwrite each other's. A tab sends what it wrote and what it
 * found when it began, in order, and later what another left behind: to say one twice does no harm, its id makes it one.
 */
export function outboxFor(url: string) {
  const mine = new Set(unsentFor(url).map(({ id }) => id));
  let latest = 0;
  return {
    /** The next for this tab to send. */
    next() {
      const abandoned = Date.now() - ABANDONED_MS;
      return unsentFor(url).find(({ id, key }) => mine.has(id) || Number(key.split(" ").pop()) < abandoned);
    },
    add(said: Utterance) {
      const id = newId();
      // Two of one millisecond stay in order.
      latest = Math.max(Date.now(), latest + 1);
      mine.add(id);
      shelf[prefixOf(url) + latest] = JSON.stringify({ id, ...said });
    },
    /** The log has it, or refused it. */
    done(id: string) {
      for (const unsent of unsentFor(url)) if (unsent.id === id) delete shelf[unsent.key];
    },
  };
}

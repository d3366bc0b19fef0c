import type { House } from "../session/house.ts";
import type { LearningDesk } from "../transport/learning.ts";
import type { LabDesk, LimitsDesk } from "../transport/workshop.ts";
import type { Base } from "./base.ts";
import type { Config } from "./config.ts";

/** What staff can ask for beyond conversations and orders. */
export interface StaffDesks {
  readonly learning: () => Promise<LearningDesk>;
  readonly limits: () => Promise<LimitsDesk>;
  readonly lab: () => Promise<LabDesk>;
  /** Looks at what was said before this gateway started; nobody waits for it. */
  begin(): void;
  stop(): Promise<void>;
}

/** Each is loaded when it is first wanted: a start needs none of them. `reload` has every node read the vendor's folder again. */
export function staffDesks(
  config: Config,
  base: Base,
  house: House,
  reload: () => Promise<void>,
): StaffDesks {
  const learning = once(async () => (await import("./learning.ts")).openLearning(config, base, house));
  const limits = once(async () => (await import("./limits-desk.ts")).limitsDesk(config, house, reload));
  const lab = once(async () => (await import("./lab-desk.ts")).labDesk(config, base.store, house));
  let later: NodeJS.Timeout | undefined;
  return {
    learning: async () => (await learning.get()).desk,
    limits: limits.get,
    lab: lab.get,
    begin: () => {
      later = setTimeout(() => void learning.get().then(({ begin }) => begin()), BEGIN_AFTER_MS).unref();
    },
    stop: async () => {
      clearTimeout(later);
      for (const { opened } of [learning, limits, lab]) await (await opened())?.stop();
    },
  };
}

/** Whoever comes back after a restart comes first. */
const BEGIN_AFTER_MS = 2_000;

function once<T>(open: () => Promise<T>) {
  let opening: Promise<T> | null = null;
  return {
    get: () => {
      opening ??= open();
      return opening;
    },
    /** Null where nobody wanted it. */
    opened: async () => opening,
  };
}

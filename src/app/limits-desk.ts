import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileJournal } from "../adapters/file-journal.ts";
import { Fault } from "../domain/fault.ts";
import { digest as digestOf } from "../domain/hash.ts";
import { LimitsLive, type LimitsPreview } from "../protocol/limits.ts";
import type { House } from "../session/house.ts";
import type { LimitsDesk } from "../transport/workshop.ts";
import { type Config, LIMITS_JOURNAL } from "./config.ts";
import { threads } from "./in-thread.ts";
import type { LimitsWork } from "./limits-thread.ts";
import { replaceFile } from "./replace-file.ts";
import { policyDigest } from "./sources.ts";

const SHOWN = 20;
const CHECK_MS = 30_000;
const COMPARE_MS = 120_000;

/** The vendor's limits as staff see, try and change them. `reload` reads the folder again, on every node. */
export function limitsDesk(
  { home, vendor }: Pick<Config, "home" | "vendor">,
  house: Pick<House, "policy" | "clock" | "log">,
  reload: () => Promise<void>,
): LimitsDesk & { stop(): Promise<void> } {
  const file = join(vendor, "limits.yaml");
  const journal = fileJournal(join(home, LIMITS_JOURNAL));
  const trying = threads("a comparison of limits");
  const checking = threads("a check of limits");
  let last: Promise<unknown> = Promise.resolve();

  const checked = async (text: string): Promise<void> => {
    const trial = { text, visitors: 1, seed: 1 };
    const given: LimitsWork = { folder: vendor, home, trial, check: true };
    const { problems } = await checking.run<LimitsPreview>("limits-thread", given, CHECK_MS);
    if (problems.length === 0) return;
    const lines = problems.map(
      ({ file, line, problem }) => `${file}${line === null ? "" : `:${line}`}: ${problem}`,
    );
    throw new Fault("bad_frame", `nothing was saved:\n${lines.join("\n")}`);
  };
  const inForce = async (text: string): Promise<boolean> => {
    await reload();
    const open = await readFile(join(vendor, "vendor.yaml"), "utf8");
    return house.policy().policy === policyDigest(open, text);
  };
  const save: LimitsDesk["save"] = async ({ text, digest }, by) => {
    await checked(text);
    const before = await readFile(file, "utf8");
    if (digestOf(before) !== digest)
      throw new Fault(
        "edit_conflict",
        "somebody changed the limits meanwhile; nothing was saved: begin with theirs",
      );
    const { mode } = await stat(file);
    const after = digestOf(text);
    await replaceFile(file, text, mode & 0o777);
    if (!(await inForce(text))) {
      await replaceFile(file, before, mode & 0o777);
      await reload();
      throw new Fault(
        "unavailable",
        "the vendor's files could not be read again, so the limits were put back",
      );
    }
    await journal.add([JSON.stringify({ at: house.clock.now(), by: by.name, before: digest, after })]);
    house.log.info({ by: by.name, before: digest, after }, "the limits were changed");
    return { digest: after };
  };

  return {
    live: async () => {
      const changes: LimitsLive["changes"] = [];
      for await (const line of journal.lines())
        changes.push(LimitsLive.shape.changes.element.parse(JSON.parse(line)));
      const live = await readFile(file, "utf8");
      const currencies = [...new Set(house.policy().vendor.markets.map(({ currency }) => currency))];
      return { live, digest: digestOf(live), currencies, changes: changes.slice(-SHOWN).reverse() };
    },
    preview: (trial) => {
      const given: LimitsWork = { folder: vendor, home, trial, check: false };
      return trying.run<LimitsPreview>("limits-thread", given, COMPARE_MS);
    },
    save: (edit, by) => {
      const done = last.then(() => save(edit, by));
      last = done.catch(() => {});
      return done;
    },
    stop: async () => {
      await Promise.all([trying.stop(), checking.stop()]);
      await last;
    },
  };
}

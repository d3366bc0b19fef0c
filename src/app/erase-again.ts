import { existsSync } from "node:fs";
import { z } from "zod";
import { fileJournal } from "../adapters/file-journal.ts";
import { Receipt } from "../domain/erasure.ts";
import { Fault } from "../domain/fault.ts";
import { canonical } from "../domain/hash.ts";
import { reapply } from "../session/erase.ts";
import type { Home } from "./home.ts";

const Line = z.strictObject({ receipt: Receipt, jws: z.string() });

/**
 * Erases anew whatever of a ledger stands in the database again; a ledger of another file is added to the home's own.
 * Throws `bad_config` for a line that this gateway never signed: whoever could write one could erase.
 */
export async function eraseAgain(
  { eraser, audit }: Pick<Home, "eraser" | "audit">,
  ledger?: string,
): Promise<{ readonly known: number; readonly erased: number }> {
  if (ledger !== undefined && !existsSync(ledger))
    throw new Fault("bad_config", `${ledger}: there is no such ledger`);
  const own = new Set<string>();
  for await (const line of audit.erasures.lines()) own.add(line);
  const told = { known: 0, erased: 0 };
  const lines = ledger === undefined ? own : fileJournal(ledger).lines();
  for await (const line of lines) {
    const parsed = Line.safeParse(JSON.parse(line));
    const { receipt, jws } = parsed.data ?? { receipt: null, jws: "" };
    if (receipt === null || (await audit.signs.erasures.verify(jws)) !== canonical(receipt))
      throw new Fault(
        "bad_config",
        `${ledger ?? audit.erasures.at}: line ${told.known + 1} was signed by no key in ${audit.keys}: copy what was made since from the home that was`,
      );
    told.known += 1;
    if (await reapply({ receipt, jws }, eraser)) told.erased += 1;
    if (!own.has(line)) await audit.erasures.add([line]);
  }
  return told;
}

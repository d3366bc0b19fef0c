import { statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Fault } from "../domain/fault.ts";

/** Refuses a place where no page can be written before hours go into it: `bad_config` names the option. */
export function checkPageFile(file: string): void {
  const refuse = (why: string) => {
    throw new Fault("bad_config", `--out ${file}: ${why}`);
  };
  if (!/\.html?$/.test(file)) refuse("the name of a file to write, ending in .html");
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) refuse(`there is no folder ${folder}`);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) refuse("is a folder; name a file in it");
}

/** Writes a page that only its owner may read. Throws `bad_config`. */
export function writePage(file: string, html: string): void {
  try {
    writeFileSync(file, html, { mode: 0o600 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("bad_config", `--out ${file} cannot be written: ${why}`, { cause });
  }
}

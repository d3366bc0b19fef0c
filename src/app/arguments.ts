import { type ParseArgsConfig, parseArgs } from "node:util";
import { Fault } from "../domain/fault.ts";

/** The options of a command, or null when its usage was asked for. Throws `bad_config` that names what it does not know. */
export function options<O extends NonNullable<ParseArgsConfig["options"]>>(args: string[], known: O) {
  return parsed(args, known, false)?.values ?? null;
}

/** The same of a command that is told what to do by words. */
export function wordsAndOptions<O extends NonNullable<ParseArgsConfig["options"]>>(args: string[], known: O) {
  return parsed(args, known, true);
}

function parsed<O extends NonNullable<ParseArgsConfig["options"]>>(args: string[], known: O, words: boolean) {
  if (args.includes("--help") || args.includes("-h")) return null;
  try {
    return parseArgs({ args, options: known, allowPositionals: words });
  } catch (cause) {
    const names = Object.keys(known)
      .map((name) => `--${name}`)
      .join(", ");
    const message = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new Fault("bad_config", `${message}; there are ${names}`, { cause });
  }
}

/** One of a few words, or `bad_config`. */
export function choice<T extends string>(option: string, known: readonly T[], given: string): T {
  const found = known.find((each) => each === given);
  if (found === undefined) throw new Fault("bad_config", `${option} ${given}: one of ${known.join(", ")}`);
  return found;
}

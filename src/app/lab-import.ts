import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../domain/fault.ts";
import { FOLDER } from "../lab/fixture.ts";
import { importCases } from "../lab/import.ts";

/** Makes fixtures of promptfoo configurations and OpenAI Evals samples. A fixture that is there is never overwritten. */
export async function run(args: string[]): Promise<number> {
  if (args.length === 0)
    throw new Fault("bad_config", "import which? name a promptfoo YAML or an Evals JSONL file");
  let refused = 0;
  for (const file of args) {
    if (!existsSync(file)) throw new Fault("bad_config", `there is no file ${file}`);
    const { fixtures, notes } = importCases(file, readFileSync(file, "utf8"));
    for (const { name, yaml } of fixtures) {
      const path = join(FOLDER, name.endsWith(".yaml") ? name : `${name}.yaml`);
      const there = existsSync(path);
      if (there) refused += 1;
      else writeFileSync(path, yaml);
      process.stdout.write(`${path}${there ? ": it is there already and stays as it is" : ""}\n`);
    }
    for (const note of notes) process.stderr.write(`${note}\n`);
  }
  return refused === 0 ? 0 : 1;
}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../domain/fault.ts";
import { counted } from "../lab/details.ts";
import { FOLDER } from "../lab/fixture.ts";
import { importCases } from "../lab/import.ts";

/** Makes fixtures of promptfoo configurations and OpenAI Evals samples. A fixture that is there is never overwritten. */
export async function run(args: string[]): Promise<number> {
  if (args.length === 0)
    throw new Fault("bad_config", "import which? name a promptfoo YAML or an Evals JSONL file");
  let refused = 0;
  const made: string[] = [];
  for (const file of args) {
    if (!existsSync(file)) throw new Fault("bad_config", `there is no file ${file}`);
    if (!/\.(ya?ml|json|jsonl)$/i.test(file))
      throw new Fault(
        "bad_config",
        `${file} is neither promptfoo's .yaml or .json nor .jsonl of OpenAI Evals`,
      );
    const { fixtures, notes } = importCases(file, readFileSync(file, "utf8"));
    for (const { name, yaml } of fixtures) {
      const path = join(FOLDER, name.endsWith(".yaml") ? name : `${name}.yaml`);
      const there = existsSync(path);
      if (there) refused += 1;
      else {
        writeFileSync(path, yaml);
        made.push(path);
      }
      process.stdout.write(`${path}${there ? ": it is there already and stays as it is" : ""}\n`);
    }
    if (fixtures.length === 0) refused += 1;
    for (const note of notes) process.stderr.write(`${note}\n`);
  }
  if (made[0] !== undefined)
    process.stdout.write(
      `${counted(made.length, "fixture")} made; play one with: npm run lab -- ${made[0]}\n`,
    );
  return refused === 0 ? 0 : 1;
}

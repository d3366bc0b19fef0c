/** A measurement: prints a short table on the way and gives its figures. `failures` names every promise it saw broken. */
interface Bench {
  run(args: string[]): Promise<object>;
}

/** Every measurement; each is loaded only when it is called: `npm run -s bench -- turn`. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  turn: () => import("./turn.ts"),
  words: () => import("./words.ts"),
  start: () => import("./start.ts"),
  ingest: () => import("./ingest.ts"),
  kill: () => import("./kill.ts"),
  hostile: () => import("./hostile.ts"),
  model: () => import("./model.ts"),
  lab: () => import("./lab.ts"),
  contracts: () => import("./contracts.ts"),
  negotiate: () => import("./negotiate.ts"),
  floor: () => import("./floor.ts"),
  confidential: () => import("./confidential.ts"),
  decide: () => import("./decide.ts"),
  search: () => import("./search.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const load = benches[name];
if (load) {
  const { run } = await load();
  const result = await run(args);
  // The last line is for programs.
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if ("failures" in result && Array.isArray(result.failures) && result.failures.length > 0)
    process.exitCode = 1;
} else {
  process.stderr.write(`usage: bench ${Object.keys(benches).join(" | ")}\n`);
  process.exitCode = 2;
}

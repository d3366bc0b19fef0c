import { styleText } from "node:util";
import { open } from "../adapters/sqlite/database.ts";
import { sqliteSearch } from "../adapters/sqlite/search.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { databasePath, loadConfig } from "./config.ts";
import { makeFolder } from "./folder.ts";

/** Runs the gateway until SIGTERM or SIGINT, then drains. */
export async function run(): Promise<number> {
  const config = await loadConfig(process.env);
  makeFolder(config.home, "PARLEY_HOME");
  const db = open(databasePath(config));
  // The threads that write and search begin here, and get ready while the rest is still being read.
  const base = { db, store: sqliteStore(db), search: sqliteSearch(db) };
  const [{ pino }, { compose }] = await Promise.all([import("pino"), import("./compose.ts")]);
  const log = pino(
    { level: config.log_level, redact: ["*.secret", "*.token", "*.key"] },
    pino.destination({ dest: 2, sync: false }),
  );
  const gateway = await compose(config, base, log).catch(async (cause: unknown) => {
    // A thread left running would keep the process from ending.
    await base.search.close();
    await base.store.close();
    throw cause;
  });

  const socket = `${gateway.url.replace(/^http/, "ws")}/v1/ws`;
  const say = (label: string, value: string) =>
    process.stdout.write(`  ${label.padEnd(10)} ${styleText("cyan", value)}\n`);
  process.stdout.write(`\n${styleText("bold", "Parley")} is listening.\n`);
  say("WebSocket", socket);
  say("health", `${gateway.url}/readyz`);
  say("discovery", `${gateway.url}/.well-known/parley.json`);
  say("staff", `token in ${gateway.staff_token_file}`);
  process.stdout.write("\nIn another terminal:\n");
  const flags = new URL(gateway.url).port === "8787" ? "" : `--url ${socket}`;
  say("watch", hint("buyer", flags));
  say("talk", hint("talk", flags));
  process.stdout.write("\n");

  await new Promise<void>((resolve) => {
    const stop = (signal: string) => {
      log.info({ signal }, "draining");
      gateway.stop().then(resolve, (error: unknown) => {
        log.error({ cause: String(error) }, "the gateway did not stop cleanly");
        resolve();
      });
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  });
  return 0;
}

/** How whoever reads this starts another command: from the repository, or from the installed package. */
function hint(command: string, flags: string): string {
  if (!import.meta.url.endsWith(".ts")) return `npx parley ${command} ${flags}`.trim();
  return flags === "" ? `npm run ${command}` : `npm run ${command} -- ${flags}`;
}

import { styleText } from "node:util";
import { loadConfig } from "./config.ts";
import { openGateway } from "./opened.ts";

/** Runs the gateway until SIGTERM or SIGINT, then drains. */
export async function run(): Promise<number> {
  const gateway = await openGateway(await loadConfig(process.env));
  const { log } = gateway;

  const socket = `${gateway.url.replace(/^http/, "ws")}/v1/ws`;
  const say = (label: string, value: string) =>
    process.stdout.write(`  ${label.padEnd(10)} ${styleText("cyan", value)}\n`);
  process.stdout.write(`\n${styleText("bold", "Parley")} is listening.\n`);
  say("shop", `${gateway.url}/`);
  say("console", `${gateway.url}/console`);
  say("WebSocket", socket);
  say("health", `${gateway.url}/readyz`);
  say("discovery", `${gateway.url}/.well-known/parley.json`);
  say("staff", `token in ${gateway.staff_token_file}`);
  process.stdout.write("\nIn another terminal:\n");
  const flags = new URL(gateway.url).port === "8787" ? "" : `--url ${socket}`;
  say("watch", hint("buyer", flags));
  say("talk", hint("talk", flags));
  process.stdout.write("\n");

  process.on("SIGHUP", () => void gateway.reload());
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
  if (gateway.traced) process.exit(0);
  return 0;
}

/** How whoever reads this starts another command: from the repository, or from the installed package. */
function hint(command: string, flags: string): string {
  if (!import.meta.url.endsWith(".ts")) return `npx parley ${command} ${flags}`.trim();
  return flags === "" ? `npm run ${command}` : `npm run ${command} -- ${flags}`;
}

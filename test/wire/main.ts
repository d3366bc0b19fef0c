import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { type Script, Step } from "./script.ts";
import { startWire } from "./server.ts";

// `node test/wire/main.ts <script.yaml | script.ts>`: the server in a process of its own, so that a measurement does
// not share its event loop. A .yaml is a list of steps; a .ts has the script as its default export. Prints one line
// of JSON, {"url": ...}, and runs until its input ends or it is told to stop.
const file = process.argv[2];
if (file === undefined) {
  console.error("usage: node test/wire/main.ts <script.yaml | script.ts>");
  process.exit(2);
}
const wire = await startWire(await load(resolve(file)));
console.log(JSON.stringify({ url: wire.url }));
const stop = () => void wire.close().then(() => process.exit(0));
process.on("SIGTERM", stop).on("SIGINT", stop).on("disconnect", stop);

async function load(path: string): Promise<Script> {
  if (/\.[cm]?[jt]s$/.test(path)) {
    const module: { default: Script } = await import(pathToFileURL(path).href);
    return module.default;
  }
  return z
    .array(Step)
    .min(1)
    .parse(parse(readFileSync(path, "utf8")));
}

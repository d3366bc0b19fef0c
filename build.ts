import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { writePages } from "./src/app/pages.ts";

/** Makes what the published package runs: compiled files, declarations for pages, and the pages themselves. */
const out = resolve(process.argv[2] ?? "dist");
const tsc = join(import.meta.dirname, "node_modules/typescript/bin/tsc");
const compile = (project: string) =>
  execFileSync(process.execPath, [tsc, "-p", join(import.meta.dirname, project), "--outDir", out], {
    stdio: "inherit",
  });

rmSync(out, { recursive: true, force: true });
compile("tsconfig.build.json");
compile("tsconfig.widget.json");
await writePages(join(out, "web"));

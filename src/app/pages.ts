import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Asset, Pages } from "../transport/pages.ts";
import { makePages, WIDGET_FILE } from "./page-assets.ts";

/** What stands of each asset in the list beside the files of a package. */
type Listed = Omit<Asset, "body"> & { readonly file: string };

const LIST = "assets.json";

/** The pages: made of their source when first asked for, or as the package has them. */
export async function loadPages(): Promise<Pages> {
  return import.meta.url.endsWith(".ts") ? makePages() : readPages();
}

/** Writes the pages into a package's folder, from which it then serves them without a bundler. */
export async function writePages(folder: string): Promise<void> {
  const { assets } = await makePages();
  mkdirSync(folder, { recursive: true });
  const listed = [...assets.values()].map(({ body, ...rest }): Listed => {
    const file = rest.path.startsWith("/widget/") ? basename(rest.path) : nameOf(rest.path);
    writeFileSync(join(folder, file), body);
    return { ...rest, file };
  });
  writeFileSync(join(folder, LIST), JSON.stringify(listed, null, 2));
}

function readPages(): Pages {
  const folder = fileURLToPath(new URL("../web", import.meta.url));
  const listed = JSON.parse(readFileSync(join(folder, LIST), "utf8")) as Listed[];
  const all = listed.map(({ file, ...rest }) => ({ ...rest, body: readFileSync(join(folder, file)) }));
  const widget = all.find(({ path }) => basename(path) === WIDGET_FILE);
  if (!widget) throw new TypeError(`${LIST} names no ${WIDGET_FILE}`);
  return { widget, assets: new Map(all.map((one) => [one.path, one])) };
}

function nameOf(path: string): string {
  return path === "/" ? "index.html" : path.slice(1).replaceAll("/", "-");
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "../domain/fault.ts";
import type { Asset, Pages } from "../transport/pages.ts";
import { languageModule, numberedWords } from "./widget-words.ts";

const WEB = fileURLToPath(new URL("../web", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../../package.json", import.meta.url));

/** A page: its folder under `src/web`, with `index.html`, `main.ts` or `main.tsx`, `<name>.css`, what that imports, and maybe `pictures`. */
const PAGES = [
  { name: "shop", at: "/" },
  { name: "console", at: "/console" },
] as const;

/** The name of the file that a script tag names, in the package and under the widget's versioned path. */
export const WIDGET_FILE = "parley-chat.js";

/** Bundles every page from its source. Throws `bad_config` where the bundler, a development dependency, is not installed. */
export async function makePages(): Promise<Pages> {
  const chunks = await bundled(join(WEB, "widget/main.ts"), WIDGET_FILE);
  const { version } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string };
  // A path never names two contents, also while the source of one version is being changed.
  const at = `/widget/${version}-${digest(chunks.map(({ code }) => code).join()).slice(0, 10)}`;
  const files = chunks.map(({ fileName, code }) => asset(`${at}/${fileName}`, code, true));
  const [widget] = files;
  if (!widget) throw new TypeError("the bundler made nothing of the widget");
  const pages = await Promise.all(PAGES.map((page) => filesOf(page, widget)));
  return { widget, assets: new Map([files, ...pages].flat().map((one) => [one.path, one])) };
}

async function filesOf({ name, at }: (typeof PAGES)[number], widget: Asset): Promise<Asset[]> {
  const folder = join(WEB, name);
  const versioned = (body: string, kind: "js" | "css") =>
    asset(`/${name}/${digest(body).slice(0, 10)}/${name}.${kind}`, body, true);
  const main = join(folder, "main.tsx");
  const script = versioned(await scriptOf(existsSync(main) ? main : join(folder, "main.ts")), "js");
  const style = versioned(styleOf(join(folder, `${name}.css`)), "css");
  const html = readFileSync(join(folder, "index.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, slot: string) =>
    tagFor(slot, { widget, script, style }),
  );
  return [asset(at, html, false, "text/html; charset=utf-8"), script, style, ...picturesOf(name)];
}

/** A style sheet with those it imports in their places: one file to ask for. */
function styleOf(file: string): string {
  return readFileSync(file, "utf8").replace(/^@import "(.+)";$/gm, (_, part: string) =>
    readFileSync(join(dirname(file), part), "utf8"),
  );
}

function picturesOf(name: string): Asset[] {
  const folder = join(WEB, name, "pictures");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) =>
    asset(`/${name}/pictures/${file}`, readFileSync(join(folder, file)), false),
  );
}

function tagFor(
  slot: string,
  { widget, script, style }: Record<"widget" | "script" | "style", Asset>,
): string {
  switch (slot) {
    case "widget":
      return scriptTag(widget);
    case "script":
      return scriptTag(script);
    case "style":
      return `<link rel="stylesheet" href="${style.path}" integrity="${style.integrity}">`;
    default:
      throw new TypeError(`a page has no slot {{${slot}}}`);
  }
}

function scriptTag({ path, integrity }: Asset): string {
  return `<script type="module" src="${path}" integrity="${integrity}"></script>`;
}

async function scriptOf(entry: string): Promise<string> {
  const [script] = await bundled(entry, "page.js");
  return script?.code ?? "";
}

/** The entry first, then what it loads when it is needed. */
async function bundled(entry: string, name: string) {
  const { build } = await import("rolldown").catch(notInstalled);
  const { output } = await build({
    input: entry,
    write: false,
    platform: "browser",
    plugins: [
      { name: "styles", transform: { filter: { id: /\.css$/ }, handler: styleModule } },
      { name: "language", transform: { filter: { id: /widget\.\w+\.json$/ }, handler: languageModule } },
      { name: "words", transform: { filter: { id: /widget\/.*\.ts$/ }, handler: numberedWords } },
    ],
    transform: { jsx: { runtime: "automatic", importSource: "preact" } },
    output: {
      format: "es",
      minify: true,
      entryFileNames: name,
      chunkFileNames: "[name].js",
      comments: false,
    },
  });
  return output.filter((one) => one.type === "chunk");
}

function notInstalled(cause: unknown): never {
  const how = "run `npm install` in the repository, or use the published package, which has its pages made";
  throw new Fault("bad_config", `pages are bundled by rolldown, which is not installed: ${how}`, { cause });
}

/** A style sheet as a module whose default is its text, without blanks and comments. */
function styleModule(css: string): { code: string; moduleType: "js" } {
  const small = css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>]) ?/g, "$1")
    .replace(/: /g, ":")
    .replace(/="(\w+)"\]/g, "=$1]")
    .replaceAll(" !", "!")
    .replaceAll(" / ", "/")
    .replaceAll(";}", "}");
  return { code: `export default ${JSON.stringify(small.trim())};`, moduleType: "js" };
}

const KINDS: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

function asset(
  path: string,
  content: string | Uint8Array,
  immutable: boolean,
  type = KINDS[extname(path)] ?? "application/octet-stream",
): Asset {
  const body = Buffer.from(content);
  const integrity = `sha384-${createHash("sha384").update(body).digest("base64")}`;
  return { path, type, body, integrity, immutable };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

import { gzipSync } from "node:zlib";
import type { Context, Hono } from "hono";

/** One file that browsers get. An `immutable` one has a path of its own for every content. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array;
  /** For a script tag's `integrity`: `sha384-` and the digest. */
  readonly integrity: string;
  readonly immutable: boolean;
}

export interface Pages {
  /** By path. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** The chat element's one file, also in `assets`. */
  readonly widget: Asset;
}

/**
 * No script or style but our own files, nothing made of strings, no frames. Pictures of goods may come from wherever the
 * vendor has them.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const A_YEAR = "public, max-age=31536000, immutable";

/** Serves the pages and the chat element. `load` is called at the first request and, after it failed, at the next one. */
export function pages(app: Hono, load: () => Promise<Pages>): void {
  let loading: Promise<Pages> | undefined;
  const loaded = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };

  app.get("/widget/version.json", async (c) => {
    const { widget } = await loaded();
    c.header("access-control-allow-origin", "*");
    c.header("cache-control", "public, max-age=60");
    return c.json({ script: widget.path, integrity: widget.integrity });
  });
  app.on("GET", ["/", "/shop/*", "/console", "/console/*", "/widget/*"], async (c, next) => {
    const asset = (await loaded()).assets.get(c.req.path);
    return asset ? serve(c, asset) : next();
  });
}

function serve(c: Context, asset: Asset): Response {
  const etag = `W/"${asset.integrity}"`;
  const headers: Record<string, string> = {
    "content-type": asset.type,
    "cache-control": asset.immutable ? A_YEAR : "no-cache",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    etag,
    vary: "accept-encoding",
  };
  // Other sites embed it, and check its integrity, which needs CORS.
  if (asset.path.startsWith("/widget/")) {
    headers["access-control-allow-origin"] = "*";
    headers["cross-origin-resource-policy"] = "cross-origin";
  }
  if (c.req.header("if-none-match") === etag) return c.body(null, 304, headers);
  if (!/\bgzip\b/.test(c.req.header("accept-encoding") ?? "")) return c.body(bytes(asset.body), 200, headers);
  return c.body(bytes(compressed(asset)), 200, { ...headers, "content-encoding": "gzip" });
}

const known = new WeakMap<Asset, Uint8Array>();

function compressed(asset: Asset): Uint8Array {
  const before = known.get(asset) ?? gzipSync(asset.body, { level: 9 });
  known.set(asset, before);
  return before;
}

/** Hono's bodies are typed for plain buffers. */
function bytes(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return body as Uint8Array<ArrayBuffer>;
}

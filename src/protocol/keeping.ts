import type { Resume } from "./frames.ts";

/** Where a page keeps its session over loads. `sessionStorage` is one. */
export type Keep = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The session kept for this gateway, to be read from its beginning; null when there is none. */
export function kept(keep: Keep | undefined, url: string | URL): Resume | null {
  try {
    const { session, secret, epoch } = JSON.parse(keep?.getItem(keyOf(url)) ?? "");
    return { session: String(session), secret: String(secret), epoch: String(epoch), seq: 0 };
  } catch {
    return null;
  }
}

/** Keeps this session, or none. */
export function keepSession(keep: Keep | undefined, url: string | URL, credentials: Resume | null): void {
  if (credentials) keep?.setItem(keyOf(url), JSON.stringify(credentials));
  else keep?.removeItem(keyOf(url));
}

function keyOf(url: string | URL): string {
  return `parley ${url}`;
}

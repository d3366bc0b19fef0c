/** Where a stream is: `nats://[user:password@ or token@]host:port/STREAM`, or `tls://...`. */
export interface StreamAddress {
  readonly server: string;
  readonly login: { readonly user: string; readonly pass: string } | { readonly token: string } | null;
  readonly tls: boolean;
  readonly stream: string;
}

/** Null when it is no such address. Names of streams are what NATS takes: no blanks, dots, `*`, `>` or slashes. */
export function streamAddressOf(text: string): StreamAddress | null {
  if (!URL.canParse(text)) return null;
  const { protocol, host, pathname, username, password, search, hash } = new URL(text);
  const [, stream = ""] = /^\/([A-Za-z0-9_-]{1,64})$/.exec(pathname) ?? [];
  if (!["nats:", "tls:"].includes(protocol) || host === "" || stream === "" || search || hash) return null;
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  const login = pass !== "" ? { user, pass } : user !== "" ? { token: user } : null;
  return { server: host, login, tls: protocol === "tls:", stream };
}

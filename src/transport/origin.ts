import { isIP } from "node:net";

/**
 * Whether pages of this origin may use the gateway: those that are listed, and the gateway's own. Its own is its public
 * address; beside that, what the request says the host is, where that is an IP address or `localhost`: a name could be one
 * that somebody else lets point here (DNS rebinding).
 */
export function originAllowed(
  origin: string,
  host: string | undefined,
  allowed: readonly string[],
  public_url?: string,
): boolean {
  if (allowed.includes("*") || allowed.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  if (public_url !== undefined && new URL(public_url).origin === origin) return true;
  const { host: own, hostname } = new URL(origin);
  return own === host && isNobodysName(hostname);
}

/** Whether this is a host that nobody else can have, or give to this machine: an IP address or `localhost`. */
export function isNobodysName(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) !== 0 || bare === "localhost" || bare.endsWith(".localhost");
}

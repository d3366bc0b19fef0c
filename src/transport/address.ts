import { BlockList, isIP } from "node:net";

/** Whose word about the address of others is taken. */
export type Proxies = BlockList;

/** Addresses and networks (`10.0.0.0/8`). Throws for what is none. */
export function proxies(list: readonly string[]): Proxies {
  const trusted = new BlockList();
  for (const one of list) {
    const [address = "", bits] = one.split("/");
    const family = familyOf(address);
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  return trusted;
}

/**
 * Where a request comes from. Proxies add to the right of `X-Forwarded-For`, so that the last address that is not a trusted
 * one's is what such a one saw; what stands left of it anybody may have written. IPv6 addresses are their /56's: what
 * providers commonly give a customer (RIPE 690), who may use any address of it.
 */
export function addressOf(peer: string | undefined, forwarded: string | undefined, trusted: Proxies): string {
  let address = plain(peer ?? "");
  const hops = (forwarded ?? "").split(",").map((hop) => plain(hop.trim()));
  while (isTrusted(address, trusted)) {
    const next = hops.pop();
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  }
  return isIP(address) === 6 && address !== "::1" ? network(address) : address;
}

function isTrusted(address: string, trusted: Proxies): boolean {
  return isIP(address) !== 0 && trusted.check(address, familyOf(address));
}

/** Without the port and brackets some proxies write, and IPv4 in IPv6 as IPv4. */
function plain(text: string): string {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(text)?.[1] ?? text;
  return bare.replace(/^::ffff:(?=\d+\.)/i, "");
}

function network(address: string): string {
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => "0"), ...right];
  const [a, b, c, d = 0] = groups.map((group) => Number.parseInt(group, 16));
  return `${[a, b, c, d & 0xff00].map((group) => (group ?? 0).toString(16)).join(":")}::/56`;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

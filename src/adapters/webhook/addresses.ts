import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

type Address = ReturnType<typeof ipaddr.parse>;
/** Blocks of addresses in CIDR notation, parsed. */
export type Blocks = readonly (readonly [Address, number])[];

/** Parses `10.0.0.0/8`, `fd00::/8` or a single address. Null when it is none of these. */
export function blockOf(text: string): readonly [Address, number] | null {
  // The library takes `10/8` for 0.0.0.10/8.
  if (isIP(text.split("/")[0] ?? "") === 0) return null;
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (isIP(text) === 0) return null;
  const address = ipaddr.parse(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/**
 * Why nothing may be sent to this address, or null when it may. Only what is reachable from anywhere is open by itself;
 * a vendor's own network is, when it lies in `allowed`. Where a cloud tells its secrets is never open, whatever is allowed.
 */
export function refusalOf(text: string, allowed: Blocks): string | null {
  const address = plain(ipaddr.parse(text));
  const range = address.range();
  if (isNever(address)) return `${text} is ${NEVER.get(range) ?? "where a cloud keeps its metadata"}`;
  if (isPublic(address) || allowed.some((block) => lies(address, block))) return null;
  return `${text} is no public address (${WORDS.get(range) ?? range})`;
}

/** The host of a URL as an address, when it is written as one. */
export function literalOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(bare) === 0 ? null : bare;
}

/**
 * A `lookup` for sockets that gives only addresses that may be connected to: the name is resolved once, and the socket
 * connects to what was judged, so that a name that changes its mind (DNS rebinding) gains nothing. One refused address
 * refuses them all.
 */
export function guardedLookup(allowed: Blocks, resolve: LookupFunction = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = Array.isArray(found) ? found : [];
      const refusal = addresses.map(({ address }) => refusalOf(address, allowed)).find((one) => one !== null);
      const [first] = addresses;
      if (refusal || !first) {
        return callback(new Error(refusal ? `${hostname}: ${refusal}` : `${hostname} has no address`), []);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** The address that is meant: IPv4 may be written inside IPv6 (`::ffff:10.0.0.1`, and NAT64's `64:ff9b::a00:1`). */
function plain(address: Address): Address {
  if (address.kind() === "ipv4") return address;
  const v6 = address as ipaddr.IPv6;
  if (v6.isIPv4MappedAddress()) return v6.toIPv4Address();
  return v6.match(ipaddr.IPv6.parseCIDR("64:ff9b::/96"))
    ? new ipaddr.IPv4(v6.toByteArray().slice(12))
    : address;
}

/** IPv6 is handed out in 2000::/3 alone; what else the library calls unicast is reserved (RFC 4291). */
function isPublic(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || lies(address, ipaddr.parseCIDR("2000::/3"));
}

function isNever(address: Address): boolean {
  return NEVER.has(address.range()) || METADATA.some((block) => lies(address, block));
}

function lies(address: Address, [network, bits]: readonly [Address, number]): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

const NEVER: ReadonlyMap<string, string> = new Map([
  ["linkLocal", "link-local, where clouds keep their metadata"],
  ["multicast", "a multicast address"],
  ["unspecified", "no host's address"],
  ["broadcast", "a broadcast address"],
]);

/** Metadata services that do not lie in a link-local range: AWS on IPv6, Alibaba Cloud, Oracle Cloud, Azure's host. */
const METADATA: Blocks = ["fd00:ec2::/32", "100.100.100.200", "192.0.0.192", "168.63.129.16"].flatMap(
  (text) => {
    const block = blockOf(text);
    return block ? [block] : [];
  },
);

const WORDS: ReadonlyMap<string, string> = new Map([
  ["private", "a private network"],
  ["uniqueLocal", "a private network"],
  ["loopback", "this machine itself"],
  ["carrierGradeNat", "shared address space"],
  ["unicast", "reserved"],
]);

import { expect, it } from "vitest";
import { addressOf, proxies } from "../../src/transport/address.ts";
import { originAllowed } from "../../src/transport/origin.ts";

it.each<[string, string, string | undefined, readonly string[], string]>([
  ["the peer's own, whatever it says", "198.51.100.1", "10.1.1.1", [], "198.51.100.1"],
  ["what a trusted proxy saw", "10.0.0.1", "203.0.113.9", ["10.0.0.0/8"], "203.0.113.9"],
  [
    "what the outermost trusted one saw",
    "10.0.0.1",
    "1.1.1.1, 203.0.113.9, 10.0.0.2",
    ["10.0.0.0/8"],
    "203.0.113.9",
  ],
  ["the proxy's where it says nothing", "10.0.0.1", undefined, ["10.0.0.0/8"], "10.0.0.1"],
  ["the proxy's where it says nonsense", "10.0.0.1", "unknown", ["10.0.0.1"], "10.0.0.1"],
  ["without the port some write", "10.0.0.1", "203.0.113.9:4711", ["10.0.0.1"], "203.0.113.9"],
  ["IPv4 in IPv6 as IPv4", "::ffff:198.51.100.1", undefined, [], "198.51.100.1"],
  ["IPv6 by its network", "2001:db8:1:2:3:4:5:6", undefined, [], "2001:db8:1:0::/56"],
  ["IPv6 by its network, however it is written", "2001:db8:1:2::9", undefined, [], "2001:db8:1:0::/56"],
  [
    "IPv6 by its network, whatever of it is used",
    "2001:db8:1:12ff::1",
    undefined,
    [],
    "2001:db8:1:1200::/56",
  ],
  ["a short IPv6 by its network", "2001:db8::9", undefined, [], "2001:db8:0:0::/56"],
])("the address of a request is %s", (_, peer, forwarded, trusted, address) => {
  expect(addressOf(peer, forwarded, proxies(trusted))).toBe(address);
});

it.each<[string, string, string, boolean]>([
  ["its own by IP address", "http://127.0.0.1:8787", "127.0.0.1:8787", true],
  ["its own by localhost", "http://localhost:8787", "localhost:8787", true],
  ["its own by IPv6 address", "http://[::1]:8787", "[::1]:8787", true],
  ["its public one", "https://shop.example", "inside:8787", true],
  ["a listed one", "https://partner.example", "127.0.0.1:8787", true],
  ["another port", "http://127.0.0.1:9999", "127.0.0.1:8787", false],
  [
    "a name that the request gives for the host as well",
    "http://evil.example:8787",
    "evil.example:8787",
    false,
  ],
  ["one that begins like a listed one", "https://partner.example.evil.example", "127.0.0.1:8787", false],
  ["a listed one without TLS", "http://partner.example", "127.0.0.1:8787", false],
  ["none", "null", "127.0.0.1:8787", false],
])("pages of %s may connect or not, exactly", (_, origin, host, may) => {
  expect(originAllowed(origin, host, ["https://partner.example"], "https://shop.example/parley")).toBe(may);
});

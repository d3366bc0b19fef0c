import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { describe, expect, test } from "vitest";
import { blockOf, guardedLookup, literalOf, refusalOf } from "../../../src/adapters/webhook/addresses.ts";

function blocks(...texts: string[]) {
  return texts.map((text) => blockOf(text) ?? expect.unreachable(`${text} is no block`));
}

describe("an address that webhooks may go to", () => {
  test.each(["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"])(
    "is a public one: %s",
    (address) => expect(refusalOf(address, [])).toBeNull(),
  );

  test.each([
    ...["127.0.0.1", "127.8.9.10", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.1", "192.168.1.1"],
    ...[
      "100.64.0.1",
      "0.0.0.0",
      "0.1.2.3",
      "169.254.1.1",
      "192.0.2.1",
      "198.18.0.1",
      "203.0.113.9",
      "240.0.0.1",
    ],
    ...[
      "255.255.255.255",
      "224.0.0.1",
      "::",
      "::1",
      "::7f00:1",
      "::ffff:127.0.0.1",
      "::ffff:10.1.2.3",
      "::ffff:7f00:1",
    ],
    ...[
      "fc00::1",
      "fd12:3456::1",
      "fe80::1",
      "fec0::1",
      "ff02::1",
      "2001:db8::1",
      "2002:7f00:1::",
      "2001::1",
      "64:ff9b::a00:1",
    ],
    ...["64:ff9b:1::a00:1", "4000::1"],
  ])("is not %s", (address) => expect(refusalOf(address, [])).toContain(address));

  test("is one of the vendor's own network when that is named, and only then", () => {
    const allowed = blocks("10.0.0.0/8", "::1", "fd00:1::/32", "127.0.0.1");
    for (const address of ["10.1.2.3", "::ffff:10.1.2.3", "::1", "fd00:1::9", "127.0.0.1", "64:ff9b::a00:1"])
      expect([address, refusalOf(address, allowed)]).toEqual([address, null]);
    for (const address of ["127.0.0.2", "192.168.1.1", "fd00:2::1"])
      expect(refusalOf(address, allowed)).toContain(address);
  });

  test.each([
    ...[
      "169.254.169.254",
      "169.254.170.2",
      "::ffff:169.254.169.254",
      "64:ff9b::a9fe:a9fe",
      "fe80::a9fe:a9fe",
    ],
    ...["fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1", "0.0.0.0", "::"],
  ])("is never where a cloud tells its secrets, nor nobody's: %s", (address) => {
    expect(refusalOf(address, blocks("0.0.0.0/0", "::/0"))).not.toBeNull();
  });

  test("is found in a URL however it is written", () => {
    const spelt = [
      "127.0.0.1",
      "127.1",
      "2130706433",
      "0x7f.0.0.1",
      "0177.0.0.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
    ];
    for (const host of spelt) {
      const literal = literalOf(new URL(`http://${host}/orders`));
      expect([host, literal && refusalOf(literal, [])]).toEqual([host, expect.stringContaining("no public")]);
    }
    expect(literalOf(new URL("https://orders.example/"))).toBeNull();
  });

  test("is not written as anything else", () => {
    for (const text of ["10.0.0.0/33", "10/8", "localhost", "", "::1/129"]) expect(blockOf(text)).toBeNull();
  });
});

describe("a name", () => {
  /** Answers with these lists, one a call, and counts the calls. */
  function answering(...lists: LookupAddress[][]) {
    let calls = 0;
    const resolve: LookupFunction = (_host, _options, callback) => {
      calls += 1;
      callback(null, lists[Math.min(calls, lists.length) - 1] ?? []);
    };
    return { resolve, calls: () => calls };
  }
  function looked(resolve: LookupFunction, all: boolean) {
    return new Promise<unknown>((done) => {
      guardedLookup([], resolve)("orders.example", { all }, (error, address) =>
        done(error ? error.message : address),
      );
    });
  }
  const good = { address: "93.184.216.34", family: 4 };

  test("is resolved once, and what was judged is what is given", async () => {
    const name = answering([good], [{ address: "127.0.0.1", family: 4 }]);
    expect(await looked(name.resolve, true)).toEqual([good]);
    expect(name.calls()).toBe(1);
    expect(await looked(name.resolve, true)).toContain("orders.example: 127.0.0.1 is no public address");
    expect(await looked(answering([good]).resolve, false)).toBe("93.184.216.34");
  });

  test("is refused when one of its addresses is", async () => {
    for (const address of ["169.254.169.254", "10.0.0.1"])
      expect(await looked(answering([good, { address, family: 4 }]).resolve, true)).toContain(address);
    expect(await looked(answering([]).resolve, true)).toBe("orders.example has no address");
  });
});

import { expect, test } from "vitest";
import { merkleTree } from "../../src/domain/merkle.ts";

/** The leaves and roots that the reference implementation of RFC 6962 is tested with (certificate-transparency, merkle_tree_test.cc). */
const LEAVES = ["", "\u0000", "\u0010", " !", "01", "@ABC", "PQRSTUVW", "`abcdefghijklmno"];
const ROOTS: Readonly<Record<number, string>> = {
  0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

test("roots are those of RFC 6962, at every size", () => {
  const tree = merkleTree();
  const rootAt = () => Buffer.from(tree.root(), "base64url").toString("hex");
  expect(rootAt()).toBe(ROOTS[0]);
  for (const [i, leaf] of LEAVES.entries()) {
    tree.add(leaf);
    expect(tree.size).toBe(i + 1);
    expect(rootAt()).toBe(ROOTS[i + 1]);
  }
});

import { hash } from "node:crypto";

/** A Merkle tree that leaves are added to at the end, kept as the few hashes that its root needs. */
export interface MerkleTree {
  readonly size: number;
  add(leaf: string): void;
  /** Of the leaves so far: SHA-256, base64url without padding. */
  root(): string;
}

/**
 * The Merkle Tree Hash of RFC 6962, section 2.1: leaves and inner nodes are hashed with different first bytes, so that no
 * inner node passes for a leaf. Takes as many hashes as the size has bits, whatever the size.
 */
export function merkleTree(): MerkleTree {
  // Roots of the perfect trees that the leaves make up, largest first: one for each bit set in `size`.
  const peaks: Buffer[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add: (leaf) => {
      let node = sha256(LEAF, Buffer.from(leaf));
      for (let bits = size; bits % 2 === 1; bits = Math.floor(bits / 2)) {
        node = sha256(NODE, peaks.pop() ?? EMPTY, node);
      }
      peaks.push(node);
      size += 1;
    },
    root: () => {
      const whole =
        peaks.length === 0 ? sha256() : peaks.reduceRight((right, left) => sha256(NODE, left, right));
      return whole.toString("base64url");
    },
  };
}

const EMPTY = Buffer.alloc(0);
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function sha256(...parts: Buffer[]): Buffer {
  return hash("sha256", Buffer.concat(parts), "buffer");
}

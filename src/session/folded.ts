import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * A value that is put away small while nobody needs it, and is there again, equal but not the same, when somebody does.
 * MUST be plain data: what structured clone does not take, such as functions, throws.
 */
export class Folded<T extends object> {
  #value: T | null;
  /** Of the structured clone, deflated, a byte a character: unlike a buffer of a few hundred bytes a string has no slab behind it. */
  #bytes = "";
  /** When it was last needed, in milliseconds of the process clock. */
  usedAt = performance.now();

  constructor(value: T) {
    this.#value = value;
  }

  get away(): boolean {
    return this.#value === null;
  }

  get value(): T {
    if (this.#value) return this.#value;
    this.usedAt = performance.now();
    this.#value = deserialize(inflateRawSync(Buffer.from(this.#bytes, "latin1"))) as T;
    this.#bytes = "";
    return this.#value;
  }

  set value(value: T) {
    this.usedAt = performance.now();
    this.#value = value;
    this.#bytes = "";
  }

  fold(): void {
    if (!this.#value) return;
    const plain = serialize(this.#value);
    this.#bytes = deflateRawSync(plain, CHEAP).toString("latin1");
    // Freed at once: thousands that are put away together would hold as much until garbage is next collected.
    (plain.buffer as ArrayBuffer).transfer(0);
    this.#value = null;
  }
}

/** Small buffers come out of Node's pool. */
const CHEAP = { level: 1, memLevel: 7, chunkSize: 2_048 };

/** For a message. `crypto.randomUUID` is missing on pages that came over plain HTTP. */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

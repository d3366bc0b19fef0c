import { describe, expect, it } from "vitest";
import { Folded } from "../../src/session/folded.ts";

describe("what is put away", () => {
  it("comes back equal, with its maps, and may be put away again", () => {
    const value = { ids: new Map([["m1", 2]]), state: { seq: 7, text: "의자 — ₩1,000", that: null } };
    const folded = new Folded(structuredClone(value));
    for (let n = 0; n < 2; n++) {
      folded.fold();
      expect(folded.away).toBe(true);
      expect(folded.value).toEqual(value);
      expect(folded.away).toBe(false);
    }
  });

  it("counts as used when it is needed, and not when it is put away", () => {
    const folded = new Folded({ seq: 1 });
    const longAgo = -1;
    folded.usedAt = longAgo;
    folded.fold();
    folded.fold();
    expect(folded.usedAt).toBe(longAgo);
    expect(folded.value).toEqual({ seq: 1 });
    expect(folded.usedAt).toBeGreaterThan(longAgo);
  });
});

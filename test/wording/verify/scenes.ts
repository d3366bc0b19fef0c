import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { Move, Words } from "../../../src/domain/reply.ts";
import type { State } from "../../../src/domain/state.ts";
import { Vendor } from "../../../src/domain/vendor.ts";
import { type Support, supportOf } from "../../../src/wording/verify/support.ts";

/** A turn that really ran: what they said, what was decided, and the house's words for it. */
export interface Scene {
  readonly id: string;
  readonly said: string;
  readonly move: Move;
  readonly words: Words;
  readonly support: Support;
  readonly vendor: Vendor;
}

const folder = resolve(import.meta.dirname, "../../../fixtures/verify");

export function loadScenes(): ReadonlyMap<string, Scene> {
  const file = JSON.parse(readFileSync(`${folder}/scenes.json`, "utf8"));
  const vendor = Vendor.parse(file.vendor);
  return new Map(
    file.scenes.map((raw: { id: string; said: string; currency: string; move: unknown; words: unknown }) => {
      const move = Move.parse(raw.move);
      const words = Words.parse(raw.words);
      const state = { currency: raw.currency } as State;
      const context = { vendor, state, lang: words.lang, counterpart: raw.said };
      return [
        raw.id,
        { id: raw.id, said: raw.said, move, words, vendor, support: supportOf(move, words, context) },
      ];
    }),
  );
}

/** Rows of scene and reply. */
export function loadBenign(): readonly (readonly [string, string])[] {
  return parse(readFileSync(`${folder}/benign.yaml`, "utf8"));
}

export function loadLies(): readonly (readonly [string, string])[] {
  const lies: Record<string, string[]> = parse(readFileSync(`${folder}/lies.yaml`, "utf8"));
  return Object.entries(lies).flatMap(([scene, texts]) => texts.map((text) => [scene, text] as const));
}

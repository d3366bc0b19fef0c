/**
 * Base forms an English word may come from. Past forms are left as they are: that something was done is a claim of its
 * own, and needs the same form in the support.
 */
export function basesOf(word: string): string[] {
  const bare = word.replace(/'(?:s|re|ve|ll|d|m)?$/, "");
  const irregular = IRREGULAR[bare];
  const out = irregular === undefined ? [] : [irregular];
  if (bare !== word) out.push(bare);
  for (const [ending, stems] of INFLECTIONS) {
    if (!ending.test(bare)) continue;
    for (const made of stems) {
      const base = bare.replace(ending, made);
      if (base.length >= 3) out.push(base);
    }
  }
  return out;
}

const INFLECTIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ies$/, ["y"]],
  [/(?<=[sxzh])es$/, [""]],
  [/(?<![su])s$/, [""]],
  [/(?:(.)\1)ing$/, ["$1"]],
  [/ing$/, ["", "e"]],
];

const IRREGULAR: Readonly<Record<string, string>> = { mice: "mouse", shelves: "shelf", feet: "foot" };

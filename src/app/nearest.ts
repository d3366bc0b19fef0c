/** Of the known names, the one a misspelt name most likely meant: the fewest letters to add, drop or change. */
export function nearest(name: string, known: readonly string[]): string {
  const [first = ""] = known;
  return known.reduce((best, each) => (distance(name, each) < distance(name, best) ? each : best), first);
}

/** The nearest name when it is near enough to be what was meant: no more than a third of its letters to change. */
export function meantBy(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  return distance(name.toLowerCase(), near) * 3 <= near.length ? near : undefined;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

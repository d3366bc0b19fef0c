import { matchesGlob } from "node:path";
import type { FixtureText } from "./fixture.ts";

/**
 * The fixtures that any of the patterns means: an id, a glob over ids or files (`ko-*`), a file, or a part of an id.
 * All of them when there are no patterns. Patterns that mean none come back as `unknown`.
 */
export function select<F extends Pick<FixtureText, "id" | "file">>(
  files: readonly F[],
  patterns: readonly string[],
): { readonly chosen: readonly F[]; readonly unknown: readonly string[] } {
  if (patterns.length === 0) return { chosen: files, unknown: [] };
  const meant = new Set<F>();
  const unknown: string[] = [];
  for (const pattern of patterns) {
    const found = meantBy(pattern, files);
    if (found.length === 0) unknown.push(pattern);
    for (const file of found) meant.add(file);
  }
  return { chosen: files.filter((file) => meant.has(file)), unknown };
}

function meantBy<F extends Pick<FixtureText, "id" | "file">>(
  pattern: string,
  files: readonly F[],
): readonly F[] {
  const plain = pattern.replace(/^\.\//, "");
  const exact = files.filter(({ id, file }) => id === plain || file === plain);
  if (exact.length > 0) return exact;
  if (/[*?[{]/.test(plain))
    return files.filter(({ id, file }) => matchesGlob(id, plain) || matchesGlob(file, plain));
  return files.filter(({ id, file }) => id.includes(plain) || file.startsWith(`${plain}/`));
}

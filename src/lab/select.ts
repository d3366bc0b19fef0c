import { matchesGlob } from "node:path";
import type { Lang } from "../domain/text.ts";
import type { FixtureFile } from "./fixture.ts";

/**
 * The fixtures that any of the patterns means: an id, a glob over ids or files (`ko-*`), a file, or a part of an id.
 * All of them when there are no patterns. Patterns that mean none come back as `unknown`.
 */
export function select(
  files: readonly FixtureFile[],
  patterns: readonly string[],
  lang: Lang | undefined,
): { readonly chosen: readonly FixtureFile[]; readonly unknown: readonly string[] } {
  const spoken = files.filter(({ fixture }) => lang === undefined || fixture.lang === lang);
  if (patterns.length === 0) return { chosen: spoken, unknown: [] };
  const meant = new Set<FixtureFile>();
  const unknown: string[] = [];
  for (const pattern of patterns) {
    const found = meantBy(pattern, files);
    if (found.length === 0) unknown.push(pattern);
    for (const file of found) meant.add(file);
  }
  return { chosen: spoken.filter((file) => meant.has(file)), unknown };
}

function meantBy(pattern: string, files: readonly FixtureFile[]): readonly FixtureFile[] {
  const plain = pattern.replace(/^\.\//, "");
  const exact = files.filter(({ fixture, file }) => fixture.id === plain || file === plain);
  if (exact.length > 0) return exact;
  if (/[*?[{]/.test(plain))
    return files.filter(({ fixture, file }) => matchesGlob(fixture.id, plain) || matchesGlob(file, plain));
  return files.filter(({ fixture, file }) => fixture.id.includes(plain) || file.startsWith(`${plain}/`));
}

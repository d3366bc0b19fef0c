import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../domain/fault.ts";

/** Makes a folder only its owner may enter, unless it is there. Throws `bad_config` naming the setting it came from. */
export function makeFolder(folder: string, setting: string): void {
  try {
    make(folder);
  } catch (cause) {
    throw new Fault("bad_config", `${setting}: ${folder} cannot be a folder (${why(cause)}); name another`, {
      cause,
    });
  }
}

/** Level by level: Node's own recursive mkdir never returns where a parent is there but takes no folders, as in /proc. */
function make(folder: string): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) make(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function why(error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  return WORDS[code] ?? code;
}

const WORDS: Readonly<Record<string, string>> = {
  EEXIST: "it, or a folder above it, is a file",
  ENOTDIR: "a folder above it is a file",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "no folder can be made there",
};

import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault } from "../domain/fault.ts";

/**
 * Puts a text in a file's place, whole or not at all, on disk when it resolves; only its owner can read a new one. Throws
 * `bad_config` where that place cannot be written.
 */
export async function replaceFile(path: string, text: string, mode = 0o600): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.${Date.now()}.tmp`;
  try {
    const file = await open(beside, "wx", mode);
    await file
      .writeFile(text)
      .then(() => file.sync())
      .finally(() => file.close());
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new Fault("bad_config", `${path} cannot be written (${code}); see who owns it, and its folder`, {
      cause: error,
    });
  }
  const folder = await open(dirname(path), "r");
  await folder.sync().finally(() => folder.close());
}

import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { Fault } from "../domain/fault.ts";
import { digest } from "../domain/hash.ts";
import { decoderFor } from "../knowledge/ingest/encoding.ts";

/** One file of a load. */
export interface SourceFile {
  readonly path: string;
  /** How entries cite it: the path inside the folder that was given, never where that folder lies. */
  readonly name: string;
  /** As it lies on disk, compressed or not. */
  readonly bytes: number;
}

/**
 * The files of a folder and all folders in it, in the order of their names, or the one file that was given. Hidden
 * files, README, LICENSE and NOTICE are left out. Throws `bad_source` when there is nothing at `path`.
 */
export async function findSources(path: string): Promise<SourceFile[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Fault("bad_source", `${path} cannot be read; is it there, and is it spelled so?`, { cause });
  });
  if (found.isFile()) return [{ path, name: basename(path), bytes: found.size }];
  const files: SourceFile[] = [];
  for (const inner of await readdir(path, { recursive: true, withFileTypes: true })) {
    const file = join(inner.parentPath, inner.name);
    const name = relative(path, file).split(sep).join("/");
    if (!inner.isFile() || LEFT_OUT.test(inner.name) || /(^|\/)\./.test(name)) continue;
    files.push({ path: file, name, bytes: (await stat(file)).size });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Digest over the names and contents of everything `loadKnowledge` would read: the same digest, nothing to load. */
export async function knowledgeDigest(folder: string): Promise<string> {
  const files = await findSources(folder);
  const parts = await Promise.all(
    files.map(async ({ path, name }) => `${name} ${digest((await readFile(path)).toString("base64"))}`),
  );
  return digest(parts.join("\n"));
}

/** Of the text of a vendor's two files: another digest is another policy. */
export function policyDigest(vendor: string, limits: string): string {
  return digest(`${vendor}\n${limits}`);
}

const LEFT_OUT = /^(README|LICEN[CS]E|NOTICE)/i;

/**
 * The text of a file in pieces, unpacked when its name ends in `.gz`. `read` is told of every piece of bytes that
 * came from disk. Throws `bad_source` when the bytes are not the text they claim to be, or end too early.
 */
export async function* textOf(
  file: SourceFile,
  encoding: string | undefined,
  read: (bytes: number) => void,
): AsyncGenerator<string> {
  const raw = createReadStream(file.path, { highWaterMark: PIECE });
  raw.on("data", (bytes) => read(bytes.length));
  // Errors of either end surface in the loop below.
  const bytes = /\.gz$/i.test(file.name) ? pipeline(raw, createGunzip({ chunkSize: PIECE }), () => {}) : raw;
  try {
    let decode: ReturnType<typeof decoderFor> | undefined;
    for await (const piece of bytes as AsyncIterable<Buffer>) {
      decode ??= decoderFor(piece, encoding);
      yield decode(piece, true);
    }
    if (decode !== undefined) yield decode(new Uint8Array(), false);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const why = cause instanceof Error ? cause.message : "unreadable";
    throw new Fault("bad_source", `it cannot be read to its end (${why})`, { cause });
  }
}

const PIECE = 256 * 1_024;

import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { entryChunks } from "@landfall/artifacts/archive/entry-chunks";
import { showName } from "@landfall/artifacts/archive/bundle-problem";
import type { RandomAccess } from "@landfall/artifacts/archive/random-access";
import type { Bundle, BundleFile } from "@landfall/artifacts/manifest/open-bundle";
import { AssemblyProblem } from "./assembly-problem.ts";
import { FILE_NAME_MAX } from "./file-name.ts";

/** A file of a release's archive, with the sha1 of what is in it. */
export type Member = { readonly name: string; readonly dist: string; readonly sha1: string; readonly file: BundleFile };

/** Longer dists exist nowhere on the wire (contract 8.1). */
const DIST_MAX = 64;

/** Files read before others are let in: a few milliseconds. */
const FILES_AT_ONCE = 100;

/**
 * What a release's archive holds, each member read through once. Throws an `AssemblyProblem` for an archive of another release and for names
 * that releases' files cannot have.
 */
export async function readReleaseArchive(
  bundle: Bundle,
  source: RandomAccess,
  { version, alive }: { readonly version: string; readonly alive: () => Promise<void> },
): Promise<Member[]> {
  if (bundle.release !== null && bundle.release !== version) {
    throw new AssemblyProblem(`The archive was made for the release ${showName(bundle.release)}, not for ${showName(version)}.`);
  }
  const dist = bundle.dist ?? "";
  if (dist.length > DIST_MAX) throw new AssemblyProblem(`The archive's dist has more than ${DIST_MAX} characters.`);
  const members = new Map<string, Member>();
  for (const [index, file] of bundle.files.entries()) {
    // Small files are read ahead, so that thousands of them would be read before anything else is served.
    if (index % FILES_AT_ONCE === 0) await setImmediate();
    const name = file.url ?? file.path;
    if (name.length > FILE_NAME_MAX) throw new AssemblyProblem(`The name ${showName(name)} has more than ${FILE_NAME_MAX} characters.`);
    await alive();
    const hash = createHash("sha1");
    for await (const part of entryChunks(source, file.entry)) hash.update(part);
    members.set(name, { name, dist, sha1: hash.digest("hex"), file });
  }
  return [...members.values()];
}

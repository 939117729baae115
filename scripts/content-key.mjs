import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "./run-command.mjs";

const ignored = new Set(["node_modules", ".next", ".turbo", "dist", "test", "test-results", "next-env.d.ts"]);

/** Returns a hash of the contents of these files and folders of the repository, without built and installed files and tests. */
export function contentKey(names) {
  const hash = createHash("sha256");
  for (const name of names) {
    for (const file of filesOf(path.join(root, name))) hash.update(`${path.relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesOf(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  const names = readdirSync(place).filter((name) => !ignored.has(name) && !/\.test\.tsx?$/.test(name));
  return names.toSorted().flatMap((name) => filesOf(path.join(place, name)));
}

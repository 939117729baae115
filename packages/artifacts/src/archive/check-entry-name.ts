import { BundleProblem, showName } from "./bundle-problem.ts";

/**
 * Refuses a name that could mean a place outside the bundle, or two things to two readers. Names here are only keys and never become paths;
 * but bundles are also downloaded and unpacked by people.
 */
export function checkEntryName(name: string): void {
  const why = reasonAgainst(name);
  if (why === null) return;
  throw new BundleProblem("unsafe-name", `The bundle holds an entry named ${showName(name)}, ${why}. Bundle the files anew.`, {
    entry: name,
  });
}

function reasonAgainst(name: string): string | null {
  if (name === "") return "which is empty";
  if (name.includes("\0")) return "which contains a NUL character";
  if (name.includes("\\")) return "which contains a backslash";
  if (name.startsWith("/")) return "which is an absolute path";
  if (/^[a-z]:/i.test(name)) return "which starts with a drive letter";
  const segments = name.endsWith("/") ? name.slice(0, -1).split("/") : name.split("/");
  if (segments.includes("..")) return "which points outside of the bundle";
  return null;
}

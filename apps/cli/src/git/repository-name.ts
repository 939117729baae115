/** The server's limit for the name of a commit's repository (contract 3.1). */
const LONGEST = 64;

/**
 * The name of a repository by its remote's address: `acme/web` for `git@git.example.com:acme/web.git`, without host and credentials. Of
 * a path on this machine the last part. Too long a name loses its first parts. Null when nothing is left.
 */
export function repositoryName(remote: string): string | null {
  const { path, isLocal } = pathOf(remote.trim());
  const parts = path
    .replace(/\.git\/*$/, "")
    .split("/")
    .filter((part) => part !== "");
  const shown = isLocal ? parts.slice(-1) : parts;
  while (shown.length > 1 && [...shown.join("/")].length > LONGEST) shown.shift();
  return [...shown.join("/")].slice(0, LONGEST).join("").trim() || null;
}

function pathOf(remote: string): { path: string; isLocal: boolean } {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/[^/]*(.*)$/i.exec(remote) ?? [];
  if (scheme !== undefined) return { path: decoded(rest.replace(/[?#].*$/, "")), isLocal: scheme.toLowerCase() === "file" };
  if (/^[a-z]:[\\/]/i.test(remote)) return { path: remote.slice(2).replaceAll("\\", "/"), isLocal: true };
  const [, scp] = /^[^/]+?:(?!\/\/)(.*)$/.exec(remote) ?? [];
  return scp === undefined ? { path: remote.replaceAll("\\", "/"), isLocal: true } : { path: scp, isLocal: false };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

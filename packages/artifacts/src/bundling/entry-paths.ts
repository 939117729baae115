/**
 * Where each file lies in its bundle, by its address: `files/_/_/app.js` for `~/app.js`, `files/https/cdn.example.com/app.js` for a full
 * one, `.1` behind it for the second of the same address. Whatever is no plain character of a path is percent-encoded, dots that climb too.
 */
export function entryPaths(urls: readonly string[]): string[] {
  const taken = new Set<string>();
  return urls.map((url) => {
    const path = entryPath(url);
    let free = path;
    for (let count = 1; taken.has(free); count += 1) free = `${path}.${count}`;
    taken.add(free);
    return free;
  });
}

function entryPath(url: string): string {
  const [, scheme, host, path] = /^([a-z][a-z\d+.-]*):\/\/([^/]*)\/?(.*)$/is.exec(url) ?? [];
  const place = scheme === undefined ? ["_", "_", url.replace(/^~?\/*/, "")] : [scheme, host || "_", path ?? ""];
  const segments = place.join("/").split("/");
  return `files/${segments.map(plainSegment).join("/")}`;
}

function plainSegment(segment: string): string {
  // Nothing between two slashes would be a folder's end, and dots another folder.
  if (segment === "") return "_";
  if (/^\.{1,2}$/.test(segment)) return segment.replaceAll(".", "%2E");
  return segment.toWellFormed().replaceAll(/[^\w.~!$&'()*+,;=@[\]{} -]+/g, encodeURIComponent);
}

import { splitUrl } from "./split-url.ts";

/**
 * What a reference in an uploaded file means, by that file's own name: `app.js.map` in `~/static/app.js` is `~/static/app.js.map`. Keeps the
 * reference's query, drops its fragment. Null for `data:` and other references that name no file, and for a file whose name is no address.
 */
export function resolveReference(reference: string, fileUrl: string): string | null {
  const base = splitUrl(fileUrl);
  const target = reference.trim().replace(/#.*$/s, "");
  if (base === null || target === "") return null;
  if (/^(?:[a-z][a-z\d+.-]*:\/\/|~\/)/i.test(target)) return target;
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) return null;
  if (target.startsWith("//")) {
    const scheme = /^[a-z][a-z\d+.-]*:/i.exec(base.origin);
    return scheme === null ? `~${target.replace(/^\/\/[^/]*/, "")}` : scheme[0] + target;
  }
  const [, written = "", query = ""] = /^([^?]*)(.*)$/s.exec(target) ?? [];
  if (written === "") return base.origin + base.path + query;
  const path = written.startsWith("/") ? written : base.path.slice(0, base.path.lastIndexOf("/") + 1) + written;
  return base.origin + withoutDots(path) + query;
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.slice(1).split("/");
  for (const [index, segment] of segments.entries()) {
    if (segment !== "." && segment !== "..") kept.push(segment);
    else {
      if (segment === "..") kept.pop();
      if (index === segments.length - 1) kept.push("");
    }
  }
  return `/${kept.join("/")}`;
}

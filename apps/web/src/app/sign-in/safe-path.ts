/** The path to go to after signing in: one of this server, else the first page. A link to another site must not look like ours. */
export function safePath(given: string | null): string {
  if (given === null || !given.startsWith("/")) return "/";
  const base = "http://landfall.invalid";
  const url = URL.canParse(given, base) ? new URL(given, base) : null;
  return url?.origin === base ? url.pathname + url.search : "/";
}

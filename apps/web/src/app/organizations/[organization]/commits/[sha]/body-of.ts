/** What a commit's message says after its first line; "" for nothing. */
export const commitBody = (message: string | null): string =>
  (message ?? "")
    .trimStart()
    .replace(/^.*(?:\r\n|[\r\n]|$)/, "")
    .replace(/^\s*\n/, "")
    .trimEnd();

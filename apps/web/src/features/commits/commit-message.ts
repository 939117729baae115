/** Returns the first line of a commit message, trimmed; "" without a message. */
export const commitSubject = (message: string | null): string => /^.*/.exec((message ?? "").trimStart())?.[0].trimEnd() ?? "";

/** Returns a commit message without its first line; "" if nothing is left. */
export const commitBody = (message: string | null): string =>
  (message ?? "")
    .trimStart()
    .replace(/^.*(?:\r\n|[\r\n]|$)/, "")
    .replace(/^\s*\n/, "")
    .trimEnd();

/** The first line of a commit's message, without blanks around it; "" when there is none. */
export const commitSubject = (message: string | null): string => /^.*/.exec((message ?? "").trimStart())?.[0].trimEnd() ?? "";

/** What a commit's message says after its first line; "" for nothing. */
export const commitBody = (message: string | null): string =>
  (message ?? "")
    .trimStart()
    .replace(/^.*(?:\r\n|[\r\n]|$)/, "")
    .replace(/^\s*\n/, "")
    .trimEnd();

/** The first line of a commit's message, without blanks around it; "" when there is none. */
export const commitSubject = (message: string | null): string => /^.*/.exec((message ?? "").trimStart())?.[0].trimEnd() ?? "";

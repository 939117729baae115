/** The first 64 characters of a version: what activities are filed under (contract 14.11). */
export const activityIdent = (version: string): string => [...version].slice(0, 64).join("");

import { smallId } from "./access/organization-access.ts";

/** The id a path names in digits; 0, which nothing has, for anything else. */
export const readId = (text: string): number => (/^\d+$/.test(text) ? smallId(text) : 0);

import { and, type Column, gte, lt, type SQL } from "drizzle-orm";

/** Whether a column of actions holds something done to this kind of thing: "release" for "release.update". */
export const hasNoun = (action: Column, noun: string): SQL | undefined => and(gte(action, `${noun}.`), lt(action, `${noun}/`));

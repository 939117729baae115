import { cache } from "react";

/** The time a page is made for: the same for all its parts, since they are made for one request. */
export const requestTime = cache((): Date => new Date());

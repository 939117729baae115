import type { OnError } from "./store.ts";

/** Where errors nobody waits for go when the store was given no `onError`. */
export const reportToConsole: OnError = (error, during) => console.error(`Error in ${during}:`, error);

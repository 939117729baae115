import type { ErrorCode } from "@landfall/schema/error";

const PREFIX = "landfall:";

/** The digest of an error that a page's error view has words for. Next makes one of its own for every other error. */
export const errorDigest = (code: ErrorCode): string => PREFIX + code;

/** What an error view says about an error with this digest, and of what else is to be known: `rest` of the sentence. */
export function errorPageText(digest: string | undefined, rest: string): string {
  if (digest === errorDigest("unavailable")) return "The server cannot use its database at the moment. Try again in a few seconds.";
  if (digest === errorDigest("storage_full")) return "The server's disk is full. An operator has to make room.";
  return `The server could not make this page; the reason is in its log${digest ? ` as digest ${digest}` : ""}. ${rest}`;
}

import type { ErrorCode } from "@landfall/schema/error";

const PREFIX = "landfall:";

/** Returns the digest of an error for which the error view has its own message. Next generates the digests of all other errors. */
export const errorDigest = (code: ErrorCode): string => PREFIX + code;

/** Returns the message of an error view; `rest` is a sentence appended for errors without a message of their own. */
export function errorPageText(digest: string | undefined, rest: string): string {
  if (digest === errorDigest("unavailable")) return "The server cannot use its database at the moment. Try again in a few seconds.";
  if (digest === errorDigest("storage_full")) return "The server's disk is full. An operator has to free space.";
  return `The server could not render this page. The cause is in its log${digest ? ` under digest ${digest}` : ""}. ${rest}`;
}

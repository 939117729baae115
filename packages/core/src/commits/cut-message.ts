import { LISTED_MESSAGE_BYTES, STORED_MESSAGE_BYTES } from "@landfall/schema/commit-limits";

const STORED_SUFFIX = "\n\n[The rest of this message is not stored.]";
const LISTED_SUFFIX = "…";

/** A commit message as it is stored: at most 64 KiB, with a sentence at the end if it was longer. */
export const storedMessage = (message: string): string => truncate(message, STORED_MESSAGE_BYTES, STORED_SUFFIX);

/** A stored commit message as lists contain it: at most 4 KiB, with an ellipsis at the end if it was longer. */
export const listedMessage = (message: string | null): string | null =>
  message === null ? null : truncate(message, LISTED_MESSAGE_BYTES, LISTED_SUFFIX);

/** At most `most` bytes of a text in UTF-8, whole characters, with `mark` in place of the rest. */
function truncate(text: string, most: number, mark: string): string {
  if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
  const start = Buffer.from(text.slice(0, most)).subarray(0, most - Buffer.byteLength(mark));
  // A streaming decoder leaves out a character that is not complete.
  return new TextDecoder().decode(start, { stream: true }) + mark;
}

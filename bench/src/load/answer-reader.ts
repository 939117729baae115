/** Finds the end of an answer among the bytes of a connection. One at a time: nothing is sent before the answer is whole. */
export interface AnswerReader {
  /** Takes what arrived; the status of the answer once it is whole, else null. Throws when it is not HTTP that is understood. */
  push(bytes: Buffer): number | null;
}

/**
 * Reads as little as it can, the status and the length, so that the load generator costs less than the servers it measures. An answer
 * must say its length.
 */
export function createAnswerReader(): AnswerReader {
  let head: Buffer | null = null;
  let status = 0;
  /** Bytes of the body still to come; null before the head is read. */
  let missing: number | null = null;

  function body(length: number): number | null {
    missing = (missing ?? 0) - length;
    if (missing < 0) throw new Error("an answer was longer than it said");
    if (missing > 0) return null;
    missing = null;
    return status;
  }

  return {
    push(bytes) {
      if (missing !== null) return body(bytes.length);
      const all: Buffer = head === null ? bytes : Buffer.concat([head, bytes]);
      const end = all.indexOf("\r\n\r\n");
      head = end < 0 ? all : null;
      if (end < 0) return null;
      const text = all.toString("latin1", 0, end);
      status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
      if (!(status >= 200)) throw new Error(`this is no answer: ${text.slice(0, 100)}`);
      if (/\r\ntransfer-encoding:/i.test(text)) throw new Error("an answer did not say its length");
      missing = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      return body(all.length - end - 4);
    },
  };
}

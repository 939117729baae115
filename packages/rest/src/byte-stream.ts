/**
 * Bytes as the body of an answer. Nothing is read before it is asked for, and nothing more once nobody wants the answer. An error of the bytes
 * is given to `onBroken` and ends the body with an error, so that the connection is aborted.
 */
export function byteStream(
  bytes: AsyncIterable<Uint8Array>,
  onBroken: (error: unknown) => void = () => {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let parts: AsyncIterator<Uint8Array> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        parts ??= bytes[Symbol.asyncIterator]();
        const { done, value } = await parts.next().catch((error: unknown) => {
          onBroken(error);
          throw error;
        });
        if (done === true) controller.close();
        else controller.enqueue(unsharedBytes(value));
      },
      async cancel() {
        await parts?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Answers take no bytes that threads share; ours never are, and copying what is not would cost. */
const unsharedBytes = (part: Uint8Array): Uint8Array<ArrayBuffer> =>
  part.buffer instanceof ArrayBuffer ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength) : new Uint8Array(part);

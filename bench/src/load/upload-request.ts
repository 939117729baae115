import { createHash, type Hash } from "node:crypto";
import { gzipSync } from "node:zlib";

/** The shape of upload requests: chunks per request, and bytes per chunk before compression. */
export type UploadShape = {
  readonly chunks: number;
  readonly chunkBytes: number;
  /** Whether chunks are compressed with gzip, as clients do if the server supports it. */
  readonly isPacked: boolean;
};

/** Upload requests with new chunks. All but a few bytes of each chunk are shared by all requests. */
export interface UploadRequests {
  /** The bytes of each part: its head, and the chunk as sent. Two more bytes follow. */
  readonly head: number;
  readonly sent: number;
  /** The length of a body. */
  readonly length: number;
  /** The body of the request with the number `n`. */
  body(n: number): readonly Buffer[];
}

const BOUNDARY = "------------------------d74496d66958873e";

export const UPLOAD_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** The last bytes of a chunk are unique. */
const TAIL = 16;

/** Builds requests at almost no cost: the checksum of a chunk continues from that of the common bytes. */
export function uploadRequests({ chunks, chunkBytes, isPacked }: UploadShape): UploadRequests {
  const common = sourceText(chunkBytes - TAIL);
  const start = createHash("sha1").update(common);
  const packed = isPacked ? gzipSync(common) : common;
  const part = (number: number): Buffer[] => {
    const tail = Buffer.from(number.toString(16).padStart(TAIL, "0"));
    return [partHead(isPacked, sumWith(start, tail)), packed, isPacked ? gzipSync(tail, { level: 0 }) : tail, NEW_LINE];
  };
  const [head, ...rest] = part(0);
  const headLength = head?.length ?? 0;
  const sent = rest.reduce((sum, { length }) => sum + length, 0) - NEW_LINE.length;
  return {
    head: headLength,
    sent,
    length: chunks * (headLength + sent + NEW_LINE.length) + END.length,
    body: (n) => [...Array.from({ length: chunks }, (_, index) => part(n * chunks + index)).flat(), END],
  };
}

const NEW_LINE = Buffer.from("\r\n");
const END = Buffer.from(`--${BOUNDARY}--\r\n`);

const partHead = (isPacked: boolean, sha1: string): Buffer =>
  Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${isPacked ? "file_gzip" : "file"}"; filename="${sha1}"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );

const sumWith = (start: Hash, tail: Buffer): string => start.copy().update(tail).digest("hex");

/** Text that compresses about as well as a minified script: by a factor of four. */
function sourceText(length: number): Buffer {
  const line = (index: number) =>
    `function ${Math.imul(index, 0x9e37_79b1).toString(36)}(a,b){return a.${(index % 977).toString(36)}("${index}")||b[${index % 31}]}\n`;
  const lines: string[] = [];
  for (let size = 0, index = 0; size < length; index += 1) {
    const text = line(index);
    size += text.length;
    lines.push(text);
  }
  return Buffer.from(lines.join("")).subarray(0, length);
}

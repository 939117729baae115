import { UPLOAD_TYPE, type UploadRequests, type UploadShape } from "./upload-request.ts";

/** Requests of one kind, for the load generator. */
export type RequestPlan = {
  readonly method: "GET" | "POST" | "PUT";
  /** Path and body may say `{n}`: the request's number. */
  readonly path: string;
  readonly body?: string;
  /** Chunks to upload, in place of a body. */
  readonly upload?: UploadShape;
  readonly token: string;
  /** The numbers requests get: `first`, `first + 1` … and, with `count`, again from `first` after so many. */
  readonly first: number;
  readonly count?: number;
  /** What every answer must have. */
  readonly status: number;
};

/** The number of the `index`-th request. */
export const numberAt = ({ first, count }: RequestPlan, index: number): number => first + (count === undefined ? index : index % count);

/** Path and body of the request with the number `n`. */
export function numbered({ path, body }: RequestPlan, n: number): { path: string; body: string | undefined } {
  return { path: path.replaceAll("{n}", String(n)), body: body?.replaceAll("{n}", String(n)) };
}

/** The pieces of the request with the number `n` that uploads chunks. */
export function uploadPieces(plan: RequestPlan, requests: UploadRequests, n: number, port: number): readonly Buffer[] {
  const type = `content-type: ${UPLOAD_TYPE}\r\ncontent-length: ${requests.length}\r\n`;
  return [Buffer.from(`${headOf(plan, numbered(plan, n).path, port)}${type}\r\n`), ...requests.body(n)];
}

/** The bytes of the request with the number `n` on a kept connection to a local server. */
export function requestBytes(plan: RequestPlan, n: number, port: number): Buffer {
  const { path, body } = numbered(plan, n);
  const head = headOf(plan, path, port);
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  return Buffer.from(`${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const headOf = ({ method, token }: RequestPlan, path: string, port: number): string =>
  `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: bench\r\nauthorization: Bearer ${token}\r\n`;

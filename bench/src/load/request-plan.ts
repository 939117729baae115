import { UPLOAD_TYPE, type UploadRequests, type UploadShape } from "./upload-request.ts";

/** Describes requests of one kind for the load generator. */
export type RequestPlan = {
  readonly method: "GET" | "POST" | "PUT";
  /** `{n}` in path and body is replaced with the number of the request. */
  readonly path: string;
  readonly body?: string;
  /** Chunks to upload, instead of a body. */
  readonly upload?: UploadShape;
  readonly token: string;
  /** Requests are numbered from `first`; with `count`, the numbers repeat after that many. */
  readonly first: number;
  readonly count?: number;
  /** The expected status. */
  readonly status: number;
};

/** The number of the `index`-th request. */
export const numberAt = ({ first, count }: RequestPlan, index: number): number => first + (count === undefined ? index : index % count);

/** Path and body of the request with the number `n`. */
export function numbered({ path, body }: RequestPlan, n: number): { path: string; body: string | undefined } {
  return { path: path.replaceAll("{n}", String(n)), body: body?.replaceAll("{n}", String(n)) };
}

/** The pieces of the upload request with the number `n`. */
export function uploadPieces(plan: RequestPlan, requests: UploadRequests, n: number, port: number): readonly Buffer[] {
  const type = `content-type: ${UPLOAD_TYPE}\r\ncontent-length: ${requests.length}\r\n`;
  return [Buffer.from(`${headOf(plan, numbered(plan, n).path, port)}${type}\r\n`), ...requests.body(n)];
}

/** The bytes of the request with the number `n`, for a keep-alive connection to a local server. */
export function requestBytes(plan: RequestPlan, n: number, port: number): Buffer {
  const { path, body } = numbered(plan, n);
  const head = headOf(plan, path, port);
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  return Buffer.from(`${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const headOf = ({ method, token }: RequestPlan, path: string, port: number): string =>
  `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: bench\r\nauthorization: Bearer ${token}\r\n`;

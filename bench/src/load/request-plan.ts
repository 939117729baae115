/** Requests of one kind, for the load generator. */
export type RequestPlan = {
  readonly method: "GET" | "POST" | "PUT";
  /** Path and body may say `{n}`: the request's number. */
  readonly path: string;
  readonly body?: string;
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

/** The bytes of the request with the number `n` on a kept connection to a local server. */
export function requestBytes(plan: RequestPlan, n: number, port: number): Buffer {
  const { path, body } = numbered(plan, n);
  const head = `${plan.method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: bench\r\nauthorization: Bearer ${plan.token}\r\n`;
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  return Buffer.from(`${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** Serves a path. */
export type Server = (request: Request) => Promise<Response>;

/** A browser for sign-in tests: it stores cookies, and sends the page it is on. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends JSON from a page of the server itself, unless `headers` differ; null omits a header. */
  post(path: string, body: unknown, headers?: Record<string, string | null>): Promise<Response>;
}

/** A browser that reaches `server` at `origin`, from the network address `client`. */
export function browserAt(server: Server, { origin = "http://landfall.test", client = "192.0.2.1" } = {}): Browser {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit, headers: Record<string, string | null>): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const standing = { "user-agent": "Mozilla/5.0 (test)", "x-client-address": client, cookie: cookie || null };
    const sent = Object.entries({ ...standing, ...headers }).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, value]],
    );
    const response = await server(new Request(new URL(path, origin), { ...init, headers: sent }));
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  }

  return {
    cookies,
    get: (path, headers = {}) => send(path, {}, { "sec-fetch-site": "same-origin", ...headers }),
    post(path, value, headers = {}) {
      const body = JSON.stringify(value) ?? "";
      const standing = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), origin };
      return send(path, { method: "POST", body }, { ...standing, ...headers });
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (/;\s*Max-Age=0(?:;|$)/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}

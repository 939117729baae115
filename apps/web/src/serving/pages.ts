import { randomBytes } from "node:crypto";
import type { Handler } from "./listener.ts";
import { pageHeaders } from "./page-headers.ts";

export interface Pages {
  readonly handle: Handler;
  close(): Promise<void>;
}

/** Loads the built pages in `dir`. Throws when they were not built. */
export async function openPages(dir: string): Promise<Pages> {
  // Only now: Next takes 80 MB, which a server without pages does not need.
  const { default: next } = await import("next");
  const pages = next({ dev: false, dir, quiet: true });
  await pages.prepare();
  const render = pages.getRequestHandler();
  return {
    async handle(request, response) {
      const headers = pageHeaders(randomBytes(16).toString("base64"));
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      // Next reads the nonce for its scripts from here.
      request.headers["content-security-policy"] = headers["Content-Security-Policy"];
      await render(request, response);
    },
    close: () => pages.close(),
  };
}

/** What stands in for the pages of a server that has none. */
export const noPages: Pages = {
  handle(_request, response) {
    response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
    response.end("This server was started without its pages. The API is at /api/0/.\n");
  },
  close: () => Promise.resolve(),
};

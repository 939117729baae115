import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import path from "node:path";
import config from "../../next.config.ts";
import { isDecodable } from "./can-be-unescaped.ts";
import type { Handler } from "./listener.ts";
import { OperatorError } from "./operator-error.ts";
import { pageHeaders } from "./page-headers.ts";

export interface Pages {
  readonly handle: Handler;
  /** Tells Next where this server is, once that is known. */
  reachableAt(origin: string): void;
  close(): Promise<void>;
}

export type PagesOptions = {
  /** "dev" builds pages as they are asked for and reloads them as they change. */
  readonly mode: "on" | "dev" | "off";
  /** The folder of the pages. */
  readonly dir: string;
  readonly server: Server;
};

/** Loads the pages. Throws an `OperatorError` when they were not built. */
export async function openPages({ mode, dir, server }: PagesOptions): Promise<Pages> {
  if (mode === "off") return NONE;
  const dev = mode === "dev";
  if (!dev && !existsSync(path.join(dir, ".next", "BUILD_ID"))) {
    throw new OperatorError("The pages are not built: use npm start, which builds them, or leave them out with LANDFALL_PAGES=off.");
  }
  // Only now: a server without pages does not need the memory.
  const { default: next } = await import("next");
  const pages = next({ dev, dir, conf: config, quiet: !dev, ...(dev ? { httpServer: server } : {}) });
  await pages.prepare();
  const render = pages.getRequestHandler();
  return {
    async handle(request, response) {
      // Where whoever has to sign in first comes back to.
      request.headers["x-page"] = request.url;
      // Next would answer what cannot be unescaped with 500. No page has images to optimize.
      if (!isDecodable(request.url ?? "/") || IMAGE_OPTIMIZER.test(request.url ?? "/")) request.url = "/_not-found";
      if (!dev) {
        const nonce = randomBytes(16).toString("base64");
        const headers = pageHeaders(nonce);
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        // Next reads the nonce for its scripts from here; the layout reads it from a header of its own.
        request.headers["content-security-policy"] = headers["Content-Security-Policy"];
        request.headers["x-nonce"] = nonce;
      }
      await render(request, response);
    },
    // An action that leads on to another page fetches it from here; without this Next would look at port 3000.
    // oxlint-disable-next-line node/no-process-env -- it is looked for nowhere else
    reachableAt: (origin) => Object.assign(process.env, { __NEXT_PRIVATE_ORIGIN: origin }),
    close: () => pages.close(),
  };
}

/** However Next would unescape it. */
const IMAGE_OPTIMIZER = /^\/+(?:_|%5f)next\/+image/i;

const NONE: Pages = {
  handle(_request, response) {
    response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
    response.end("This server was started without its pages. The API is at /api/0/.\n");
  },
  reachableAt: () => undefined,
  close: () => Promise.resolve(),
};

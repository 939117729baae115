import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import path from "node:path";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import config from "../../../next.config.ts";
import type { Handler } from "./listener.ts";

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

/**
 * The security headers of a page (design 7). Scripts run only with this answer's nonce, which must be fresh and hard to guess; nothing
 * is loaded from elsewhere, nothing may frame the page, and no other site learns its address, where a setup link's secret may be.
 */
export const pageHeaders = (nonce: string) => ({
  "Content-Security-Policy": [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Components put sizes and colours of their own in `style` attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
});

/** Whether every escape in the path of a target stands for a character. */
export function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target.replace(/\?.*$/s, ""));
    return true;
  } catch {
    return false;
  }
}

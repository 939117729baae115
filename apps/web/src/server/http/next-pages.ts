import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import path from "node:path";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import config from "../../../next.config.ts";
import type { Handler } from "./listener.ts";

export interface Pages {
  readonly handle: Handler;
  /** Sets the origin at which Next reaches this server. */
  setOrigin(origin: string): void;
  close(): Promise<void>;
}

export type PagesOptions = {
  /** "dev" builds pages on demand and reloads them when they change. */
  readonly mode: "on" | "dev" | "off";
  /** The folder of the Next app. */
  readonly dir: string;
  readonly server: Server;
};

/** Loads the pages. @throws `OperatorError` if they were not built. */
export async function openPages({ mode, dir, server }: PagesOptions): Promise<Pages> {
  if (mode === "off") return NONE;
  const dev = mode === "dev";
  if (!dev && !existsSync(path.join(dir, ".next", "BUILD_ID"))) {
    throw new OperatorError("The pages are not built. Use npm start, which builds them, or turn them off with LANDFALL_PAGES=off.");
  }
  // The settings of the build. With them, Next does not load the modules that read and check a configuration.
  if (!dev) setForNext("__NEXT_PRIVATE_STANDALONE_CONFIG", JSON.stringify(readBuildConfig(dir)));
  // Next would replace `fetch` of the whole process with one that copies each body; a reader of a file in a bucket that stops early then waits
  // forever. Pages do not use `fetch`.
  Object.assign(globalThis, { [Symbol.for("next-patch")]: true });
  // Imported here, since a server without pages does not need the memory.
  const { default: next } = await import("next");
  const pages = next({ dev, dir, quiet: !dev, ...(dev ? { conf: config, httpServer: server } : {}) });
  await pages.prepare();
  const render = pages.getRequestHandler();
  return {
    async handle(request, response) {
      // The page to return to after signing in.
      request.headers["x-page"] = request.url;
      // Next responds with 500 to invalid escapes. No page uses the image optimizer.
      if (!isDecodable(request.url ?? "/") || IMAGE_OPTIMIZER.test(request.url ?? "/")) request.url = "/_not-found";
      if (!dev) {
        const nonce = randomBytes(16).toString("base64");
        const headers = pageHeaders(nonce);
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        // Next reads the nonce for its scripts from this header, the layout from x-nonce.
        request.headers["content-security-policy"] = headers["Content-Security-Policy"];
        request.headers["x-nonce"] = nonce;
      }
      await render(request, response);
    },
    // Server actions that redirect fetch the target from here; the default is port 3000.
    setOrigin: (origin) => setForNext("__NEXT_PRIVATE_ORIGIN", origin),
    close: () => pages.close(),
  };
}

function setForNext(name: string, value: string): void {
  // oxlint-disable-next-line node/no-process-env -- Next reads it only there
  Object.assign(process.env, { [name]: value });
}

function readBuildConfig(dir: string): unknown {
  const file: { readonly config: unknown } = JSON.parse(readFileSync(path.join(dir, ".next", "required-server-files.json"), "utf8"));
  return file.config;
}

/** In every escaping that Next accepts. */
const IMAGE_OPTIMIZER = /^\/+(?:_|%5f)next\/+image/i;

const NONE: Pages = {
  handle(_request, response) {
    response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
    response.end("This server was started without its pages. The API is at /api/0/.\n");
  },
  setOrigin: () => undefined,
  close: () => Promise.resolve(),
};

/**
 * Returns the security headers of a page. Scripts run only with the nonce of the response, which must be random. Nothing is loaded from
 * other origins, the page cannot be framed, and other sites do not get its URL, which may contain the secret of a setup link.
 */
export const pageHeaders = (nonce: string) => ({
  "Content-Security-Policy": [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Components set sizes and colors in `style` attributes.
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

/** Whether all escapes in the path of a target are valid. */
export function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target.replace(/\?.*$/s, ""));
    return true;
  } catch {
    return false;
  }
}

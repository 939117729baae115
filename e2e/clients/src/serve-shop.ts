import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { portOf } from "./port-of.ts";

/** A built shop on a free port of the loopback interface. */
export interface ServedShop extends AsyncDisposable {
  /** The address of its page, with a slash at the end. */
  readonly url: string;
}

const PAGE = `<!doctype html><title>Shop</title><p id="shown"></p><button id="pay">Pay</button><script type="module" src="/assets/main.js"></script>`;
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".map": "application/json" };

/** Serves the page of the shop with the scripts that were built in a directory. */
export async function serveShop(directory: string): Promise<ServedShop> {
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? "/", "http://shop.test");
    if (pathname === "/") return void answer.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    readFile(join(directory, "dist", pathname)).then(
      (bytes) => answer.writeHead(200, { "content-type": TYPES[extname(pathname)] ?? "application/octet-stream" }).end(bytes),
      () => answer.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

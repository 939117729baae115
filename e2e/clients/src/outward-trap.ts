import { createServer } from "node:http";
import { portOf } from "./port-of.ts";
import type { ProgramEnvironment } from "./run-program.ts";

/** A proxy that lets nothing through and remembers who wanted to go where. */
export interface OutwardTrap extends AsyncDisposable {
  /** Variables that make a program ask the trap for every address that is not of the loopback interface. */
  readonly env: ProgramEnvironment;
  /** The host and port, or the address, of everything that was asked for so far. */
  readonly wanted: readonly string[];
}

/** Opens one on a free port of the loopback interface. */
export async function outwardTrap(): Promise<OutwardTrap> {
  const wanted: string[] = [];
  const server = createServer(({ url }, answer) => {
    wanted.push(url ?? "");
    answer.writeHead(502).end();
  });
  server.on("connect", ({ url }, socket) => {
    wanted.push(url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${portOf(server)}`;
  return {
    // Node looks for these variables only when it is told to.
    env: { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url, NO_PROXY: "127.0.0.1,localhost", NODE_USE_ENV_PROXY: "1" },
    wanted,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

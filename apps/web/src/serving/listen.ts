import type { Server } from "node:http";
import { listenFailure } from "./startup-failure.ts";

/** Listens and answers the address to reach the server at from this machine. Throws an `OperatorError` when the system refuses. */
export async function listen(server: Server, where: { readonly host: string | null; readonly port: number }): Promise<string> {
  const { host, port } = where;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port, ...(host === null ? {} : { host }) }, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (error) {
    throw listenFailure(error, where);
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return `http://${reachable(host)}:${address.port}`;
}

/** Addresses that stand for all of a machine's are reached by its own name. */
function reachable(host: string | null): string {
  if (host === null || host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

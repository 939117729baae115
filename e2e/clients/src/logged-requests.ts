import { z } from "zod";
import type { RunningServer } from "./start-server.ts";

const Line = z.object({ msg: z.literal("request"), id: z.string(), method: z.string(), path: z.string(), status: z.number().int() });

/** A request as the server's log tells of it; `path` is without the query. */
export type LoggedRequest = Pick<z.output<typeof Line>, "method" | "path" | "status">;

/**
 * The requests that the server has answered so far, in the order it ended them. A proxy would not see them all: chunks go to the address the
 * server names, not to the one the client was told.
 *
 * @throws when the log does not tell of a request made now within 10 s.
 */
export async function loggedRequests({ url, output }: Pick<RunningServer, "url" | "output">): Promise<LoggedRequest[]> {
  // What the log tells of a request comes a moment after its answer; behind the line of this one are none of those before it.
  const marker = (await fetch(`${url}/api/0/`)).headers.get("x-request-id") ?? "none";
  for (let left = 500; !output().includes(marker); left--) {
    if (left === 0) throw new Error(`the server's log does not tell of the request ${marker}`);
    await new Promise((later) => {
      setTimeout(later, 20);
    });
  }
  return output()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? (Line.safeParse(parsed(line)).data ?? []) : []))
    .filter(({ id }) => id !== marker)
    .map(({ method, path, status }) => ({ method, path, status }));
}

/** Half a line, the last one, is none yet. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

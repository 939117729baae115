import { createServer } from "node:net";
import { portOf } from "./port-of.ts";

/** A TCP port of the loopback interface on which nothing listens. It stays free only as long as nobody else takes it. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening, failed) => probe.once("error", failed).listen(0, "127.0.0.1", listening));
  const port = portOf(probe);
  await new Promise((closed) => probe.close(closed));
  return port;
}

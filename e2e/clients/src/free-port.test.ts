import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "./free-port.ts";

test("nothing listens on the port, and one can listen there", async () => {
  const port = await freePort();
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  const server = createServer();
  await new Promise<void>((listening, failed) => server.once("error", failed).listen(port, "127.0.0.1", listening));
  expect(server.address()).toMatchObject({ address: "127.0.0.1", port });
  await new Promise((closed) => server.close(closed));
});

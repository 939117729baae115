import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { startLoadGenerator } from "./load-generator.ts";

it("runs orders in a separate process, and reports errors", { timeout: 20_000 }, async () => {
  let status = 200;
  const server = createServer((_request, response) => void response.writeHead(status, { "content-length": 2 }).end("ok"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const order = { port, plan: { method: "GET", path: "/", token: "", first: 0, status: 200 }, connections: 2, seconds: 0.05 } as const;

  const generator = startLoadGenerator();
  try {
    const result = await generator.run(order);
    expect(result.requests).toBeGreaterThan(0);
    expect(result.perSecond).toBeGreaterThan(0);
    status = 500;
    await expect(generator.run(order)).rejects.toThrow("GET / returned 500 instead of 200");
    status = 200;
    expect((await generator.run(order)).requests).toBeGreaterThan(0);
  } finally {
    generator.close();
    server.close();
    server.closeAllConnections();
  }
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startChild } from "./child-server.ts";

const folder = mkdtempSync(path.join(tmpdir(), "landfall-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(text: string): string[] {
  const file = path.join(folder, `${Math.abs(text.length)}.mjs`);
  writeFileSync(file, text);
  return [file];
}

const serves = (atEnd: string) => `
  import { createServer } from "node:http";
  const server = createServer((request, response) => response.end(process.env.GREETING));
  server.listen(0, "127.0.0.1", () => console.log("hello\\n  ready on http://127.0.0.1:" + server.address().port));
  process.on("SIGTERM", () => { ${atEnd} });
`;

describe("startChild", () => {
  it("resolves when the server is ready, passes the environment, and stops it", async () => {
    const server = await startChild(script(serves("process.exit(0)")), { env: { GREETING: "hi" } });
    expect(await (await fetch(server.origin)).text()).toBe("hi");
    expect(server.port).toBe(Number(new URL(server.origin).port));
    expect(server.startMilliseconds).toBeGreaterThan(0);
    await server.stop();
    await expect(fetch(server.origin)).rejects.toThrow();
    await server.stop();
  });

  it.runIf(process.platform === "linux")("reports the memory and CPU time of the process", async () => {
    const server = await startChild(script(serves("process.exit()")), { env: {} });
    const { resident, own } = server.memory();
    expect(resident).toBeGreaterThan(own);
    expect(own).toBeGreaterThan(1);
    expect(server.processorTime()).toBeGreaterThan(0);
    await server.stop();
    expect(server.memory()).toEqual({ resident: Number.NaN, own: Number.NaN });
    expect(server.processorTime()).toBeNaN();
  });

  it("reports the output of a server that exited before it was ready", async () => {
    await expect(startChild(script("console.error('the port is taken'); process.exit(3)"), { env: {} })).rejects.toThrow(
      /exited \(3\) before it was ready\. Output:\nthe port is taken/,
    );
  });

  it("stops waiting after the time limit", async () => {
    await expect(startChild(script("setInterval(() => {}, 1000)"), { env: {}, timeLimit: 200 })).rejects.toThrow(
      "was not ready within 200 ms",
    );
  });
});

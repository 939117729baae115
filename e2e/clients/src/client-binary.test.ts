import { accessSync, constants } from "node:fs";
import { describe, expect, test } from "vitest";
import { clientBinary, type ClientName, isInstalled, PRINTED_VERSION, RUST_CLIENTS } from "./client-binary.ts";
import { projectNode } from "./project-node.ts";
import { runClient } from "./run-client.ts";

const CLIENTS: readonly ClientName[] = [...RUST_CLIENTS, "new"];

describe("the pinned clients", () => {
  test.each(CLIENTS.filter(isInstalled))("%s is installed and prints the version that is pinned", async (client) => {
    const { code, stdout } = await runClient(client, ["--version"], { env: {} });
    expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: PRINTED_VERSION[client] });
  });

  test("each is a file of its own", () => {
    const binaries = CLIENTS.filter(isInstalled).map((client) => clientBinary(client, projectNode()));
    const commands = binaries.map(({ file, leading }) => [file, ...leading].join(" "));
    expect(new Set(commands).size).toBe(commands.length);
    for (const { file } of binaries) expect(() => accessSync(file, constants.X_OK)).not.toThrow();
  });
});

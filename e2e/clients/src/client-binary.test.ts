import { accessSync, constants } from "node:fs";
import { createServer } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { clientBinary, type ClientName, isInstalled, PRINTED_VERSION, runClient, RUST_CLIENTS } from "./client-binary.ts";
import { projectNode } from "./run-program.ts";
import { FIRST_RELEASE, scratchRepository } from "./scratch-repository.ts";

const CLIENTS: readonly ClientName[] = [...RUST_CLIENTS, "new"];

describe("the pinned clients", () => {
  test.each(CLIENTS.filter(isInstalled))("%s is installed and prints the version that is pinned", async (client) => {
    const { code, stdout } = await runClient(client, ["--version"], { env: {} });
    expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: PRINTED_VERSION[client] });
  });

  test("each has a separate binary", () => {
    const binaries = CLIENTS.filter(isInstalled).map((client) => clientBinary(client, projectNode()));
    const commands = binaries.map(({ file, leading }) => [file, ...leading].join(" "));
    expect(new Set(commands).size).toBe(commands.length);
    for (const { file } of binaries) expect(() => accessSync(file, constants.X_OK)).not.toThrow();
  });
});

describe("run client", () => {
  afterEach(() => vi.unstubAllEnvs());

  describe("running a client", () => {
    test("uses nothing of the caller's environment", async () => {
      for (const name of ["SENTRY_RELEASE", "GITHUB_SHA", "VERCEL_GIT_COMMIT_SHA", "CI_COMMIT_SHA"]) vi.stubEnv(name, "leaked");
      vi.stubEnv("SENTRY_URL", "https://leaked.example.test");
      await using repository = await scratchRepository(FIRST_RELEASE);
      const proposed = await runClient("3.8", ["releases", "propose-version"], { env: {}, cwd: repository.path });
      expect(proposed).toEqual({ code: 0, stdout: `${repository.sha(0)}\n`, stderr: "" });
      const status = await runClient("3.8", ["info", "--config-status-json"], { env: {} });
      expect(status.stdout).not.toContain("leaked");
    });

    test("sets variables, and removes undefined ones", async () => {
      const args = ["releases", "propose-version"];
      await using repository = await scratchRepository(FIRST_RELEASE);
      const cwd = repository.path;
      expect((await runClient("3.8", args, { env: { SENTRY_RELEASE: "given@1" }, cwd })).stdout).toBe("given@1\n");
      expect((await runClient("3.8", args, { env: { SENTRY_RELEASE: undefined }, cwd })).stdout).toBe(`${repository.sha(0)}\n`);
      expect((await runClient("3.8", args, { env: { PATH: undefined }, cwd })).code).toBe(0);
    });

    test("returns the exit code and both streams of a failure", async () => {
      const { code, stdout, stderr } = await runClient("3.8", ["releases", "new", "a/b", "-p", "web"], { env: {} });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("Invalid release version");
    });

    test("kills a client that hangs, and reports its command", async () => {
      const silent = createServer();
      await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
      const address = silent.address();
      const env = {
        SENTRY_URL: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
        SENTRY_AUTH_TOKEN: "x",
        SENTRY_ORG: "acme",
      };
      await expect(runClient("3.8", ["releases", "list"], { env, limit: 300 })).rejects.toThrow(
        /sentry client 3\.8 releases list did not exit by itself \(SIGKILL\)/,
      );
      silent.close();
    });
  });
});

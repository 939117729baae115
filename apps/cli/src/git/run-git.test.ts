import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScratchRepository, scratchRepository } from "../../test/scratch-repository.ts";
import { testRuntime } from "../../test/test-runtime.ts";
import { streamGit } from "./run-git.ts";

let scratch: ScratchRepository;

beforeAll(async () => {
  scratch = await scratchRepository();
  await scratch.commit();
});

afterAll(() => scratch[Symbol.asyncDispose]());

const place = (env: Record<string, string> = {}) => ({ cwd: scratch.path, env: { ...testRuntime().env, ...env } });
const read = async (...args: Parameters<typeof streamGit>) => Buffer.concat(await Array.fromAsync(streamGit(...args))).toString();

describe("streamGit", () => {
  test("streams the output of git", async () => {
    expect(await read(place(), ["rev-parse", "--abbrev-ref", "HEAD"])).toBe("main\n");
  });

  test("reports the error message of git in English", async () => {
    await expect(read(place({ LC_ALL: "de_DE.UTF-8" }), ["log", "no-such-branch"])).rejects.toMatchObject({
      exit: "failure",
      message: expect.stringMatching(/^git log failed: fatal: ambiguous argument 'no-such-branch'/),
    });
  });

  test("reports that git is missing", async () => {
    await expect(read(place({ PATH: "/nowhere" }), ["log"])).rejects.toMatchObject({ exit: "failure", message: "git was not found." });
  });

  test("can be aborted", async () => {
    const signal = AbortSignal.abort();
    await expect(read({ ...place(), signal }, ["log"])).rejects.toMatchObject({ exit: "interrupted" });
  });
});

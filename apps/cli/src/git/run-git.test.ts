import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScratchRepository, scratchRepository } from "../../test/scratch-repository.ts";
import { testWorld } from "../../test/test-world.ts";
import { streamGit } from "./run-git.ts";

let scratch: ScratchRepository;

beforeAll(async () => {
  scratch = await scratchRepository();
  await scratch.commit();
});

afterAll(() => scratch[Symbol.asyncDispose]());

const place = (env: Record<string, string> = {}) => ({ cwd: scratch.path, env: { ...testWorld().env, ...env } });
const read = async (...args: Parameters<typeof streamGit>) => Buffer.concat(await Array.fromAsync(streamGit(...args))).toString();

describe("streamGit", () => {
  test("answers what git prints", async () => {
    expect(await read(place(), ["rev-parse", "--abbrev-ref", "HEAD"])).toBe("main\n");
  });

  test("tells what git complains of, in English", async () => {
    await expect(read(place({ LC_ALL: "de_DE.UTF-8" }), ["log", "no-such-branch"])).rejects.toMatchObject({
      exit: "failure",
      message: expect.stringMatching(/^git log failed: fatal: ambiguous argument 'no-such-branch'/),
    });
  });

  test("tells that there is no git", async () => {
    await expect(read(place({ PATH: "/nowhere" }), ["log"])).rejects.toMatchObject({ exit: "failure", message: "git cannot be started." });
  });

  test("can be interrupted", async () => {
    const signal = AbortSignal.abort();
    await expect(read({ ...place(), signal }, ["log"])).rejects.toMatchObject({ exit: "interrupted" });
  });
});

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FIRST_RELEASE, importedRepository, ORIGIN_URL, scratchRepository, SECOND_RELEASE } from "./scratch-repository.ts";

const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd, encoding: "utf8" }).trim();

describe("a scratch repository", () => {
  test("has the same hashes on every machine", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    expect(repository.shas).toEqual([
      "172f13541dc0d2064bf42af3c314b564f6e00248",
      "90b43d8f30cf31c6bbdc1ae16180ee2845747a7b",
      "603d08e89e90d561a6f39a3bb6bd56177b75fb87",
      "221d18d3f5695983f18d94464a592fd04d22778c",
      "1bdf312e1ee4efa1495b79fd7540904112c55d64",
    ]);
    expect(git(repository.path, "rev-list", "--reverse", "HEAD").split("\n")).toEqual(repository.shas);
  });

  test("has the planned authors, messages, files, and remote", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    expect(git(repository.path, "remote", "get-url", "origin")).toBe(ORIGIN_URL);
    expect(git(repository.path, "log", "--reverse", "--format=%an <%ae> %s").split("\n")).toEqual(
      FIRST_RELEASE.map(({ author, message }) => `${author.name} <${author.email}> ${message.split("\n")[0]}`),
    );
    expect(readdirSync(repository.path).toSorted()).toEqual([".git", "src"]);
    expect(git(repository.path, "show", "--name-status", "--no-renames", "--format=", "HEAD~1").split("\n")).toEqual([
      "D\tsrc/checkout.js",
      "A\tsrc/pay/checkout.js",
    ]);
    expect(git(repository.path, "status", "--porcelain")).toBe("");
  });

  test("adds new commits to the old ones", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    const before = [...repository.shas];
    const added = await repository.commit(SECOND_RELEASE);
    expect(repository.shas).toEqual([...before, ...added]);
    expect(repository.sha(0)).toBe(added[1]);
    expect(repository.sha(2)).toBe(before.at(-1));
    expect(git(repository.path, "rev-parse", "HEAD~2")).toBe(before.at(-1));
  });

  test("throws for a hash that is not in its history", async () => {
    await using repository = await scratchRepository(SECOND_RELEASE);
    expect(() => repository.sha(2)).toThrow("the scratch repository has 2 commits, none is 2 before the newest");
  });

  test("leaves no files, even if the plan fails", async () => {
    const repository = await scratchRepository(SECOND_RELEASE);
    await repository[Symbol.asyncDispose]();
    expect(existsSync(repository.path)).toBe(false);
    const author = { name: "A", email: "a@example.test" };
    await expect(scratchRepository([{ author, date: "2026-05-04T09:00:00Z", message: "x", remove: ["none"] }])).rejects.toThrow(/ENOENT/);
  });
});

test("imports commits in order, byte for byte", async () => {
  await using repository = await importedRepository([
    { author: "A <a@example.test>", message: "one\n", files: ["a", "dir/b"] },
    { author: "<>", message: Buffer.from("caf\xe9", "latin1"), files: ["c"] },
  ]);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: repository.path });
  expect(git("log", "--reverse", "--format=%an|%ae|%at|%ad", "--date=raw").toString().trim().split("\n")).toEqual([
    "A|a@example.test|1700000000|1700000000 +0545",
    "||1700000060|1700000060 +0545",
  ]);
  expect(git("ls-tree", "-r", "--name-only", "HEAD").toString().trim().split("\n")).toEqual(["a", "c", "dir/b"]);
  expect(git("cat-file", "commit", "HEAD").includes(Buffer.from([0x63, 0x61, 0x66, 0xe9]))).toBe(true);
});

test("throws for a history that git cannot read", async () => {
  await expect(importedRepository([{ author: "no address", message: "x", files: [] }])).rejects.toThrow(
    "git fast-import --quiet exited with 128",
  );
});

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { importedRepository } from "./imported-repository.ts";

test("commits are imported in order, byte for byte", async () => {
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

test("a history that git cannot read is an error", async () => {
  await expect(importedRepository([{ author: "no address", message: "x", files: [] }])).rejects.toThrow(
    "git fast-import --quiet ended with 128",
  );
});

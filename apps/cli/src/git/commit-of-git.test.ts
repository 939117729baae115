import { describe, expect, test } from "vitest";
import { commitOfGit } from "./commit-of-git.ts";
import type { GitCommit } from "./parse-log.ts";

const PLACE = { repository: "acme/web", cutOff: new Set<string>() };
const git: GitCommit = {
  sha: "a".repeat(40),
  date: "2026-01-01T00:00:00Z",
  name: "Ada",
  email: "ada@acme.test",
  message: "m\n",
  files: [],
};

describe("commitOfGit", () => {
  test("has everything the server asks for", () => {
    expect(commitOfGit({ ...git, files: [{ status: "A", path: "x" }] }, PLACE)).toEqual({
      id: git.sha,
      repository: "acme/web",
      message: "m\n",
      author_name: "Ada",
      author_email: "ada@acme.test",
      timestamp: "2026-01-01T00:00:00Z",
      patch_set: [{ path: "x", type: "A" }],
    });
  });

  test.each([
    ["A", "A"],
    ["D", "D"],
    ["M", "M"],
    ["T", "M"],
    ["U", "M"],
    ["X", "M"],
  ])("status %s is %s", (status, type) => {
    expect(commitOfGit({ ...git, files: [{ status, path: "x" }] }, PLACE).patch_set).toEqual([{ path: "x", type }]);
  });

  test("shortens what is too long by whole characters", () => {
    const sent = commitOfGit({ ...git, name: "🎉".repeat(200), message: "é".repeat(70_000) }, PLACE);
    expect(sent.author_name).toBe("🎉".repeat(128));
    expect(sent.message).toHaveLength(65_536);
  });

  test("leaves a name alone whose characters are few, though their bytes are many", () => {
    expect(commitOfGit({ ...git, name: "🎉".repeat(100) }, PLACE).author_name).toBe("🎉".repeat(100));
  });

  test("leaves out what could not be stored", () => {
    const files = ["ok", "x".repeat(510), "x".repeat(511), " ", "\n"].map((path) => ({ status: "M", path }));
    const sent = commitOfGit({ ...git, email: `${"x".repeat(200)}@acme.test`, date: "", files }, PLACE);
    expect(sent).not.toHaveProperty("author_email");
    expect(sent).not.toHaveProperty("timestamp");
    expect(sent.patch_set?.map(({ path }) => path.length)).toEqual([2, 510]);
    expect(commitOfGit({ ...git, email: "" }, PLACE)).not.toHaveProperty("author_email");
  });

  test("tells no files of a commit at the cut of a shallow clone", () => {
    const cutOff = new Set([git.sha]);
    expect(commitOfGit({ ...git, files: [{ status: "A", path: "x" }] }, { ...PLACE, cutOff })).not.toHaveProperty("patch_set");
  });
});

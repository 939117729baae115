import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commitOfGit, type GitCommit, parseLog } from "./parse-log.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";

/** Returns the output of git for commits, as in git 2.39 and 2.47. */
const printed = (commits: readonly GitCommit[]): string =>
  commits
    .map(({ sha, date, name, email, message, files }) => {
      const changes = files.map(({ status, path }, index) => `${index === 0 ? "\n" : ""}${status}\0${path}\0`);
      return `${[sha, date, name, email, message].join("\0")}\0${changes.join("")}`;
    })
    .join("");

async function* cutUp(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const parse = (text: string | Uint8Array, size = 7): Promise<GitCommit[]> => Array.fromAsync(parseLog(cutUp(Buffer.from(text), size)));

const commit = (more: Partial<GitCommit> = {}): GitCommit => ({
  sha: SHA,
  date: "2026-01-01T00:00:00+02:00",
  name: "Ada",
  email: "ada@acme.test",
  message: "Change\n\nWhy.\n",
  files: [],
  ...more,
});

describe("parseLog", () => {
  test("reads empty output", async () => {
    expect(await parse("")).toEqual([]);
  });

  test("reads commits with and without files", async () => {
    const commits = [
      commit({
        files: [
          { status: "A", path: "a b\nc" },
          { status: "D", path: "d" },
        ],
      }),
      commit(),
      commit({ files: [{ status: "M", path: "x" }] }),
    ];
    expect(await parse(printed(commits))).toEqual(commits);
  });

  test("reads real output of git in chunks of any size", async () => {
    const text = arbitraryText();
    const path = fc
      .string({ minLength: 1, maxLength: 20 })
      .map(withoutNul)
      .filter((value) => value !== "");
    const files = fc.array(fc.record({ status: fc.constantFrom("A", "M", "D", "T"), path }), { maxLength: 5 });
    const sha = fc.stringMatching(/^[0-9a-f]{40}$/);
    const anyCommit = fc.record({ sha, date: fc.constant("2026-01-01T00:00:00Z"), name: text, email: text, message: text, files });
    await fc.assert(
      fc.asyncProperty(fc.array(anyCommit, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), async (commits, size) => {
        expect(await parse(printed(commits), size)).toEqual(commits);
      }),
    );
  });

  test("does not confuse a message with a commit or a path with a status", async () => {
    const commits = [
      commit({
        message: SHA,
        name: "A",
        email: "M",
        files: [
          { status: "A", path: "D" },
          { status: "M", path: SHA },
        ],
      }),
    ];
    expect(await parse(printed(commits))).toEqual(commits);
  });

  test("reads sha256 repositories", async () => {
    const commits = [commit({ sha: "a".repeat(64) })];
    expect(await parse(printed(commits))).toEqual(commits);
  });

  test("reads a status with a similarity", async () => {
    expect(await parse(`${printed([commit()])}\nT100\0x\0`)).toEqual([commit({ files: [{ status: "T", path: "x" }] })]);
  });

  test("replaces invalid UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from(`${SHA}\0d\0`), Buffer.from([0x41, 0xe9, 0x42]), Buffer.from("\0e\0m\0")]);
    const [first] = await parse(bytes);
    expect(first?.name).toBe("A\ufffdB");
  });

  test("keeps only as much of a text as can be stored", async () => {
    const [first] = await parse(printed([commit({ message: "x".repeat(3_000_000) })]), 65_536);
    expect(first?.message.length).toBe(1_048_576);
  });

  test.each([
    ["ends in a field", `${SHA}\0date`],
    ["ends in a commit", `${SHA}\0date\0`],
    ["ends in a file", `${printed([commit()])}\nA\0`],
    ["starts with a status", "\nA\0x\0"],
    ["is something else", "fatal: no\0"],
  ])("rejects output that %s", async (_, text) => {
    await expect(parse(text)).rejects.toThrow("git log");
  });
});

const withoutNul = (text: string): string => text.replaceAll("\0", "");

/** Generates texts as git prints them: whole characters, no NUL. */
const arbitraryText = () => fc.string({ unit: "grapheme", maxLength: 20 }).map(withoutNul);

const PLACE = { repository: "acme/web", shallowCommits: new Set<string>() };

const git: GitCommit = {
  sha: "a".repeat(40),
  date: "2026-01-01T00:00:00Z",
  name: "Ada",
  email: "ada@acme.test",
  message: "m\n",
  files: [],
};

describe("commitOfGit", () => {
  test("has all fields of the server", () => {
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

  test("cuts long texts at whole characters", () => {
    const sent = commitOfGit({ ...git, name: "🎉".repeat(200), message: "é".repeat(70_000) }, PLACE);
    expect(sent.author_name).toBe("🎉".repeat(128));
    expect(sent.message).toHaveLength(65_536);
  });

  test("counts characters, not bytes", () => {
    expect(commitOfGit({ ...git, name: "🎉".repeat(100) }, PLACE).author_name).toBe("🎉".repeat(100));
  });

  test("omits values that cannot be stored", () => {
    const files = ["ok", "x".repeat(510), "x".repeat(511), " ", "\n"].map((path) => ({ status: "M", path }));
    const sent = commitOfGit({ ...git, email: `${"x".repeat(200)}@acme.test`, date: "", files }, PLACE);
    expect(sent.author_email).toBeUndefined();
    expect(sent.timestamp).toBeUndefined();
    expect(sent.patch_set?.map(({ path }) => path.length)).toEqual([2, 510]);
    expect(commitOfGit({ ...git, email: "" }, PLACE).author_email).toBeUndefined();
  });

  test("sends no files for the last commit of a shallow clone", () => {
    const shallowCommits = new Set([git.sha]);
    expect(commitOfGit({ ...git, files: [{ status: "A", path: "x" }] }, { ...PLACE, shallowCommits }).patch_set).toBeUndefined();
  });
});

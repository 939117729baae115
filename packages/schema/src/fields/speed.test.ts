import { expect, it } from "vitest";
import { CommitInput } from "../releases/commits.ts";
import { body, list } from "./composites.ts";
import { text } from "./text.ts";

const COMMITS = 10_000;
const release = body({ version: text(), commits: list(CommitInput) });

function pushOf(commits: number): { version: string; commits: { patch_set: unknown[] }[] } {
  const patch_set = ["a", "b", "c"].map((name) => ({ path: `src/${name}.ts`, type: "M" }));
  const one = { repository: "owner/repo", message: "Fix it\n\nAll of it.", author_name: "Jane", author_email: "j@example.com", patch_set };
  const timestamp = "2026-11-23T21:04:40.115161030+01:00";
  return {
    version: "1",
    commits: Array.from({ length: commits }, (_, index) => ({ ...one, timestamp, id: String(index).padStart(40, "0") })),
  };
}

it("reads 10,000 commits of 30,000 patches within a quarter of a second of CPU time", () => {
  const push = pushOf(COMMITS);
  const milliseconds = [1, 2, 3].map(() => {
    const started = process.threadCpuUsage();
    expect(release.safeParse(push).success).toBe(true);
    return process.threadCpuUsage(started).user / 1000;
  });
  expect(Math.min(...milliseconds)).toBeLessThan(250);
});

it("rejects a list of 10,000 invalid commits at the first one, with one issue", () => {
  const bad = { version: "1", commits: Array.from({ length: COMMITS }, () => ({})) };
  expect(release.safeParse(bad).error?.issues).toHaveLength(1);
});

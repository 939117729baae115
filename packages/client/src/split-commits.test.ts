import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NewCommit } from "./procedure-types.ts";
import { splitCommits } from "./split-commits.ts";

const sizeOf = (commit: NewCommit) => Buffer.byteLength(JSON.stringify(commit));

const commit = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{40}$/),
  message: fc.string({ maxLength: 50 }),
  patch_set: fc.array(
    fc.record({ path: fc.string({ minLength: 1, maxLength: 20 }), type: fc.constantFrom("A" as const, "M" as const, "D" as const) }),
    {
      maxLength: 30,
    },
  ),
});
const limits = fc.record({ count: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 1, max: 2_000 }) });

describe("splitCommits", () => {
  test("sends every commit and every file, in order, within the limits", () => {
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 20 }), limits, (commits, limit) => {
        const parts = [...splitCommits(commits, limit)];
        const sent = parts.flatMap((part) => part.commits);
        const joined: NewCommit[] = [];
        let index = -1;
        for (const slice of sent) {
          const open = joined.at(-1);
          const whole = commits[index];
          const isMore = open && whole && open.id === slice.id && (open.patch_set?.length ?? 0) < whole.patch_set.length;
          if (isMore) open.patch_set = [...(open.patch_set ?? []), ...(slice.patch_set ?? [])];
          else joined[++index] = { ...slice };
        }
        expect(joined).toEqual(commits);
        for (const part of parts) {
          expect(part.commits.length).toBeLessThanOrEqual(limit.count);
          if (part.commits.length > 1) expect(part.commits.reduce((sum, one) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(limit.bytes);
        }
      }),
    );
  });

  test("counts a commit as stored only with its last file, and ends at the total", () => {
    fc.assert(
      fc.property(fc.array(commit, { minLength: 1, maxLength: 20 }), limits, (commits, limit) => {
        const counts = [...splitCommits(commits, limit)].map((part) => part.stored);
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
        expect(counts.at(-1)).toBe(commits.length);
      }),
    );
  });

  test("answers nothing for nothing", () => {
    expect([...splitCommits([], { count: 10, bytes: 10 })]).toEqual([]);
  });

  test("keeps a short list in one part", () => {
    const commits = [{ id: "a" }, { id: "b" }];
    expect([...splitCommits(commits, { count: 2, bytes: 1_000 })]).toEqual([{ commits, stored: 2 }]);
  });

  test("starts a new part at the count", () => {
    const parts = [...splitCommits([{ id: "a" }, { id: "b" }, { id: "c" }], { count: 2, bytes: 1_000 })];
    expect(parts.map((part) => [part.commits.length, part.stored])).toEqual([
      [2, 2],
      [1, 3],
    ]);
  });

  test("counts bytes, not characters", () => {
    const wide = { id: "a", message: "é".repeat(40) };
    expect([...splitCommits([wide, wide], { count: 10, bytes: 150 })]).toHaveLength(2);
  });

  test("sends a commit with many files several times", () => {
    const patch_set = Array.from({ length: 8 }, (_, index) => ({ path: `file-${index}`, type: "A" as const }));
    const parts = [...splitCommits([{ id: "a", patch_set }], { count: 10, bytes: 120 })];
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap((part) => part.commits.flatMap((one) => one.patch_set ?? []))).toEqual(patch_set);
    expect(parts.map((part) => part.stored)).toEqual([...parts.slice(1).map(() => 0), 1]);
  });

  test("sends a commit that cannot be cut although it is too long", () => {
    expect([...splitCommits([{ id: "a", message: "x".repeat(100) }], { count: 10, bytes: 10 })]).toHaveLength(1);
  });
});

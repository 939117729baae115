import type { Release } from "@landfall/client/create-client";
import { describe, expect, test } from "vitest";
import { explainRange, findRange } from "./find-range.ts";

const sha = (digit: string): string => digit.repeat(40);

/** Returns a release with the fields that a range uses. */
const release = (version: string, ref: string | null, last: string | null) =>
  ({ version, ref, lastCommit: last === null ? null : { id: last } }) as Release;

async function* inOrder(releases: readonly Release[], seen: string[] = []) {
  for (const one of releases) {
    seen.push(one.version);
    yield one;
  }
}

/** Returns a repository that has these commits. */
const has = (...shas: string[]) =>
  ({ findCommit: async (name: string) => (shas.includes(name) ? name : null) }) as Parameters<typeof findRange>[0];

describe("findRange", () => {
  test("returns the newest commits if there is no earlier release", async () => {
    expect(await findRange(has(), inOrder([]), 20)).toEqual({ since: null, limit: 20, previous: null });
  });

  test("starts after the last commit of the previous release", async () => {
    expect(await findRange(has(sha("a")), inOrder([release("1", null, sha("a"))]), 20)).toMatchObject({
      since: sha("a"),
      previous: { version: "1" },
    });
  });

  test("uses a ref that is a commit of this repository", async () => {
    expect((await findRange(has(sha("a"), sha("b")), inOrder([release("1", sha("b"), sha("a"))]), 20)).since).toBe(sha("b"));
    expect((await findRange(has(sha("a")), inOrder([release("1", sha("b"), sha("a"))]), 20)).since).toBe(sha("a"));
    expect((await findRange(has(sha("a"), "main"), inOrder([release("1", "main", sha("a"))]), 20)).since).toBe(sha("a"));
  });

  test("reads further releases only if needed", async () => {
    const seen: string[] = [];
    const releases = [release("3", null, sha("c")), release("2", null, sha("b")), release("1", null, sha("a"))];
    const range = await findRange(has(sha("a"), sha("b")), inOrder(releases, seen), 20);
    expect(range).toMatchObject({ since: sha("b"), previous: { version: "2" } });
    expect(seen).toEqual(["3", "2"]);
  });

  test("returns the newest commits if no release has a commit of this repository, with the nearest release", async () => {
    const range = await findRange(has(), inOrder([release("2", null, sha("b")), release("1", "v1", sha("a"))]), 7);
    expect(range).toMatchObject({ since: null, limit: 7, previous: { version: "2" } });
  });
});

describe("explainRange", () => {
  const fallback = { since: null, limit: 20, previous: release("web@1", null, sha("a")) };

  test("returns null for an expected range", () => {
    expect(explainRange({ isShallow: true }, { ...fallback, since: sha("a") })).toBeNull();
    expect(explainRange({ isShallow: true }, { ...fallback, previous: null })).toBeNull();
  });

  test("explains how to fix a shallow clone", () => {
    expect(explainRange({ isShallow: true }, fallback)).toMatch(
      /shallow clone.*aaaaaaaaaaaa, the last commit of web@1\..*git fetch --unshallow.*fetch-depth: 0/,
    );
  });

  test("explains that the commit is missing", () => {
    expect(explainRange({ isShallow: false }, fallback)).toMatch(/does not contain aaaaaaaaaaaa, the last commit of web@1\.$/);
    expect(explainRange({ isShallow: false }, { ...fallback, previous: release("1", null, null) })).toContain("unknown");
  });
});

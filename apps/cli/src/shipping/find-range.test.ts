import type { Release } from "@landfall/client/create-client";
import { describe, expect, test } from "vitest";
import { explainRange, findRange } from "./find-range.ts";

const sha = (digit: string): string => digit.repeat(40);

/** As much of a release as a range looks at. */
const release = (version: string, ref: string | null, last: string | null) =>
  ({ version, ref, lastCommit: last === null ? null : { id: last } }) as Release;

async function* inOrder(releases: readonly Release[], seen: string[] = []) {
  for (const one of releases) {
    seen.push(one.version);
    yield one;
  }
}

/** A repository that has these commits. */
const has = (...shas: string[]) =>
  ({ findCommit: async (name: string) => (shas.includes(name) ? name : null) }) as Parameters<typeof findRange>[0];

describe("findRange", () => {
  test("takes the newest commits when nothing was released before", async () => {
    expect(await findRange(has(), inOrder([]), 20)).toEqual({ since: null, most: 20, previous: null });
  });

  test("starts after the last commit of the release before", async () => {
    expect(await findRange(has(sha("a")), inOrder([release("1", null, sha("a"))]), 20)).toMatchObject({
      since: sha("a"),
      previous: { version: "1" },
    });
  });

  test("believes a ref that is a commit of this repository", async () => {
    expect((await findRange(has(sha("a"), sha("b")), inOrder([release("1", sha("b"), sha("a"))]), 20)).since).toBe(sha("b"));
    expect((await findRange(has(sha("a")), inOrder([release("1", sha("b"), sha("a"))]), 20)).since).toBe(sha("a"));
    expect((await findRange(has(sha("a"), "main"), inOrder([release("1", "main", sha("a"))]), 20)).since).toBe(sha("a"));
  });

  test("looks further back only when it has to", async () => {
    const seen: string[] = [];
    const releases = [release("3", null, sha("c")), release("2", null, sha("b")), release("1", null, sha("a"))];
    const range = await findRange(has(sha("a"), sha("b")), inOrder(releases, seen), 20);
    expect(range).toMatchObject({ since: sha("b"), previous: { version: "2" } });
    expect(seen).toEqual(["3", "2"]);
  });

  test("takes the newest commits when this repository has none of theirs, and names the nearest", async () => {
    const range = await findRange(has(), inOrder([release("2", null, sha("b")), release("1", "v1", sha("a"))]), 7);
    expect(range).toMatchObject({ since: null, most: 7, previous: { version: "2" } });
  });
});

describe("explainRange", () => {
  const odd = { since: null, most: 20, previous: release("web@1", null, sha("a")) };

  test("says nothing of what one would expect", () => {
    expect(explainRange({ isShallow: true }, { ...odd, since: sha("a") })).toBeNull();
    expect(explainRange({ isShallow: true }, { ...odd, previous: null })).toBeNull();
  });

  test("tells how to mend a shallow clone", () => {
    expect(explainRange({ isShallow: true }, odd)).toMatch(
      /newest 20 commits .* web@1: .* shallow clone.*aaaaaaaaaaaa\..*git fetch --unshallow.*fetch-depth: 0/,
    );
  });

  test("tells that the commit is not here", () => {
    expect(explainRange({ isShallow: false }, odd)).toMatch(/last commit aaaaaaaaaaaa is not in this repository\.$/);
    expect(explainRange({ isShallow: false }, { ...odd, previous: release("1", null, null) })).toContain("unknown");
  });
});

import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { listChangedPaths } from "./list-changed-paths.ts";

const acme = { organization: "acme" };

describe.each(["sqlite", "pglite", "postgres"] as const)("the files of a release in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;

  beforeAll(async () => {
    bench = await createTestApp(kind);
    await bench.given.organization("acme", { teams: ["web"], projects: { web: "web" } });
    ci = await callers(bench.app, bench.given).ci("acme");
  });
  afterAll(() => bench.close());

  const release = (version: string, commits: { id: string; repository?: string; files: string[] }[]) =>
    createRelease(ci, {
      ...acme,
      version,
      projects: ["web"],
      commits: commits.map(({ files, ...commit }) => ({
        repository: "acme/web",
        ...commit,
        patch_set: files.map((file) => ({ type: typeOf(file), path: file.slice(2) })),
      })),
    });
  const typeOf = (file: string) => (file.startsWith("A") ? "A" : file.startsWith("D") ? "D" : "M");
  const listFiles = async (version: string) => {
    const { total, items } = await listChangedPaths(ci, { ...acme, version });
    return [total, items.map(({ repository, path, type, commits }) => `${repository} ${type} ${path} ${commits}`)];
  };

  test("come with the head commits, which they are linked at", async () => {
    await release("linked", [{ id: "ab".repeat(20), files: ["A a.ts"] }]);
    expect((await listChangedPaths(ci, { ...acme, version: "linked" })).repositories).toEqual([
      { name: "acme/web", url: null, links: null, ticketUrl: null, sha: "ab".repeat(20) },
    ]);
  });

  test("are listed once by repository and path, with the change over all commits", async () => {
    // The newest commit comes first.
    await release("one", [
      { id: "4", files: ["D gone.ts", "M new.ts", "M old.ts"] },
      { id: "3", repository: "acme/api", files: ["A old.ts"] },
      { id: "2", files: ["A back.ts", "M gone.ts", "M old.ts"] },
      { id: "1", files: ["A gone.ts", "A new.ts", "D back.ts", "M old.ts"] },
    ]);
    await release("other", [{ id: "9", files: ["M else.ts"] }]);
    expect(await listFiles("one")).toEqual([
      5,
      ["acme/api A old.ts 1", "acme/web A back.ts 2", "acme/web D gone.ts 3", "acme/web A new.ts 2", "acme/web M old.ts 3"],
    ]);
  });

  test("are empty for a release that changes none", async () => {
    await release("none", [{ id: "x", files: [] }]);
    expect(await listFiles("none")).toEqual([0, []]);
  });

  test("are at most 5000, with the total number", async () => {
    const files = (from: number) => Array.from({ length: 1020 }, (_, index) => `A ${String(from + index).padStart(5, "0")}.ts`);
    await release(
      "large",
      [1, 2, 3, 4, 5].map((part) => ({ id: `large-${part}`, files: files(part * 1020) })),
    );
    const { total, items } = await listChangedPaths(ci, { ...acme, version: "large" });
    expect([total, items.length, items[0]?.path]).toEqual([5100, 5000, "01020.ts"]);
  });
});

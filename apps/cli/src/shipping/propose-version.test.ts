import { describe, expect, test } from "vitest";
import type { Repository } from "../git/open-repository.ts";
import { proposeVersion } from "./propose-version.ts";

const HEAD = "f".repeat(40);
const GITHUB = { GITHUB_ACTIONS: "true", GITHUB_SHA: "cafe", GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" };

type Known = { env?: Record<string, string>; release?: string; given?: string; tag?: string; described?: string };

function propose({ env = {}, release, given, tag, described }: Known) {
  const repository: Repository = {
    root: "/repo",
    head: HEAD,
    isShallow: false,
    url: null,
    name: "acme/web",
    tag: async () => tag ?? null,
    describe: async () => described ?? null,
    dated: async () => "2026.11.29+ffffffffffff",
    tags: async () => [],
    findTagBefore: async () => null,
    findCommit: async () => null,
    count: async () => 0,
    async *log() {},
  };
  const settings = { release: release === undefined ? null : { value: release, source: "SENTRY_RELEASE" } };
  return proposeVersion({ runtime: { env }, settings }, given, repository);
}

describe("proposeVersion", () => {
  test.each<[string, Known, string, string]>([
    ["the command line first", { given: "a@1", release: "b", env: GITHUB, tag: "t", described: "d" }, "a@1", "the command line"],
    ["then the variable", { release: "b", env: GITHUB, tag: "t", described: "d" }, "b", "SENTRY_RELEASE"],
    [
      "then the tag of the CI run",
      { env: { ...GITHUB, GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v1" }, tag: "t" },
      "v1",
      "the tag of the CI run",
    ],
    ["then the commit of the CI run", { env: GITHUB, tag: "t", described: "d" }, "cafe", "the commit of the CI run"],
    ["then the tag at HEAD", { tag: "t", described: "d" }, "t", "the tag at HEAD"],
    ["then git describe", { described: "v1-2-gabc" }, "v1-2-gabc", "git describe"],
    ["then the date of HEAD", {}, "2026.11.29+ffffffffffff", "the date of HEAD"],
  ])("%s", async (_, known, value, source) => {
    expect(await propose(known)).toEqual({ value, source });
  });

  test.each([
    ["release/1", "slash"],
    ["a\\b", "slash"],
    ["a\nb", "line break"],
    ["latest", "reserved name"],
    [" . ", "reserved name"],
    ["", "reserved name"],
    ["x".repeat(201), "longer than 200"],
  ])("rejects %j and explains how to set the version", async (given, message) => {
    await expect(propose({ given })).rejects.toMatchObject({
      exit: "input",
      message: expect.stringContaining(message),
      hint: expect.stringContaining("landfall ship <version>"),
    });
  });

  test("rejects an invalid tag instead of using another version", async () => {
    await expect(propose({ tag: "@acme/web@1.0.0", described: "d" })).rejects.toMatchObject({
      message: expect.stringContaining("the tag at HEAD"),
    });
  });

  test("accepts 200 characters of any length in bytes", async () => {
    expect((await propose({ given: "🎉".repeat(200) })).value).toHaveLength(400);
  });
});

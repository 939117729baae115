import { versionScheme } from "@landfall/domain/versions/version-info";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runGit as makeGit, scratchFolder, type ScratchRepository, scratchRepository } from "../../test/scratch-repository.ts";
import { testRuntime } from "../../test/test-runtime.ts";
import { openRepository, repositoryName } from "./open-repository.ts";

describe("open repository", () => {
  let scratch: ScratchRepository;

  beforeEach(async () => {
    scratch = await scratchRepository();
  });
  afterEach(() => scratch[Symbol.asyncDispose]());

  const { env } = testRuntime();

  const open = (cwd = scratch.path, options: Parameters<typeof openRepository>[1] & { env?: Record<string, string> } = {}) =>
    openRepository({ cwd, env: { ...env, ...options.env } }, options);
  const ALL = { since: null, limit: 1_000 };

  describe("openRepository", () => {
    test("finds the repository that contains a folder", async () => {
      const head = await scratch.commit({ write: { "deep/er/file": "1" } });
      const repository = await open(join(scratch.path, "deep", "er"));
      expect(repository).toMatchObject({ head, isShallow: false, name: "acme/web" });
      expect(repository.root).toBe(scratch.path);
    });

    test.each([
      ["git@git.acme.test:acme/web.git", "https://git.acme.test/acme/web"],
      ["https://ada:secret@git.acme.test/acme/web.git", "https://git.acme.test/acme/web"],
      ["/srv/git/web.git", null],
    ])("returns for the remote %s the URL %s", async (remote, url) => {
      await scratch.commit({ write: { a: "1" } });
      await makeGit(scratch.path, ["remote", "set-url", "origin", remote]);
      expect((await open()).url).toBe(url);
    });

    test("lists commits newest first, with the files of the whole repository", async () => {
      const first = await scratch.commit({ message: "one", write: { "deep/file": "1", top: "1" } });
      const second = await scratch.commit({ message: "two", write: { top: "2" } });
      const commits = await Array.fromAsync((await open(join(scratch.path, "deep"))).log(ALL));
      expect(commits.map(({ id, patch_set }) => [id, patch_set])).toEqual([
        [second, [{ path: "top", type: "M" }]],
        [
          first,
          [
            { path: "deep/file", type: "A" },
            { path: "top", type: "A" },
          ],
        ],
      ]);
    });

    test("reads any messages, names, and paths", async () => {
      const message = 'Übergröße: "quotes" \\ back\n\nA\0'.replace("\0", "") + "\n\n\nM\tx\n" + "0".repeat(40);
      const path = 'a "b"\tc\nd é.txt';
      await scratch.commit({ message, author: "Ümlaut – Ω", email: "ü@acme.test", write: { [path]: "1" } });
      const [commit] = await Array.fromAsync((await open()).log(ALL));
      expect(commit).toMatchObject({ author_name: "Ümlaut – Ω", author_email: "ü@acme.test", patch_set: [{ path, type: "A" }] });
      expect(commit?.message?.trim()).toBe(message.trim());
    });

    test("reads commits without a message and merges", async () => {
      await scratch.commit({ write: { a: "1" } });
      await scratch.git("checkout", "--quiet", "-b", "side");
      await scratch.commit({ message: "", write: { b: "1" } });
      await scratch.git("checkout", "--quiet", "main");
      await scratch.commit({ write: { c: "1" } });
      await scratch.git("merge", "--quiet", "--no-edit", "side");
      const commits = await Array.fromAsync((await open()).log(ALL));
      expect(commits).toHaveLength(4);
      const merge = commits.find(({ message }) => message?.startsWith("Merge"));
      expect(merge?.patch_set).toEqual([]);
      expect(commits.some(({ message }) => message?.trim() === "")).toBe(true);
    });

    test("does not depend on the user's git configuration", async () => {
      await scratch.commit({ write: { "é a": "1" } });
      await scratch.commit({ move: [["é a", "b"]] });
      const plain = await Array.fromAsync((await open()).log(ALL));
      const settings = {
        "diff.renames": "copies",
        "core.quotePath": "true",
        "log.showSignature": "true",
        "diff.relative": "true",
        "log.date": "relative",
        "format.pretty": "oneline",
        "color.ui": "always",
        "i18n.logOutputEncoding": "latin1",
        "diff.noprefix": "true",
      };
      for (const [name, value] of Object.entries(settings)) await scratch.git("config", name, value);
      expect(await Array.fromAsync((await open()).log(ALL))).toEqual(plain);
      expect(plain[0]?.patch_set).toEqual([
        { path: "b", type: "A" },
        { path: "é a", type: "D" },
      ]);
    });

    test("lists and counts the commits of a range, up to the limit", async () => {
      const shas: string[] = [];
      for (let index = 0; index < 5; index += 1) shas.push(await scratch.commit());
      const repository = await open();
      const range = { since: shas[1] ?? "", limit: 1_000 };
      expect((await Array.fromAsync(repository.log(range))).map(({ id }) => id)).toEqual([shas[4], shas[3], shas[2]]);
      expect(await repository.count(range)).toBe(3);
      expect(await repository.count({ since: null, limit: 2 })).toBe(2);
      expect(await repository.count({ since: repository.head, limit: 9 })).toBe(0);
      expect(await Array.fromAsync(repository.log({ since: repository.head, limit: 9 }))).toEqual([]);
    });

    test("stops git when the consumer stops reading", async () => {
      for (let index = 0; index < 3; index += 1) await scratch.commit();
      const log = (await open()).log(ALL);
      expect((await log.next()).value).toHaveProperty("id");
      await log.return();
      expect((await log.next()).done).toBe(true);
    });

    test("finds commits only by full or short hashes", async () => {
      const sha = await scratch.commit();
      await scratch.git("tag", "v1");
      const repository = await open();
      expect(await repository.findCommit(sha)).toBe(sha);
      expect(await repository.findCommit(sha.slice(0, 8).toUpperCase())).toBe(sha);
      for (const other of ["v1", "HEAD", "0".repeat(40), "--all", "", `${sha}~1`]) expect(await repository.findCommit(other)).toBeNull();
      const tree = await scratch.git("rev-parse", "HEAD^{tree}");
      expect(await repository.findCommit(tree)).toBeNull();
    });

    test("returns the highest tag at HEAD, a release before its candidates", async () => {
      await scratch.commit();
      expect(await (await open()).tag()).toBeNull();
      expect(await (await open()).describe()).toBeNull();
      for (const tag of ["v1.9.0", "v1.10.0-rc.1", "v1.10.0"]) await scratch.git("tag", "-m", tag, tag);
      expect(await (await open()).tag()).toBe("v1.10.0");
      await scratch.commit();
      expect(await (await open()).tag()).toBeNull();
      expect(await (await open()).describe()).toMatch(/^v1\.\d+\.0(?:-rc\.1)?-1-g[0-9a-f]+$/);
    });

    test("returns a version of the date and the hash of HEAD", async () => {
      await scratch.commit();
      const repository = await open();
      const date = await scratch.git("show", "--no-patch", "--format=%cI", "HEAD");
      const day = new Date(date.trim()).toISOString().slice(0, 10).replaceAll("-", ".");
      expect(await repository.dated()).toBe(`${day}+${repository.head.slice(0, 12)}`);
      expect(versionScheme(await repository.dated())).toBe("calver");
    });

    test("finds the last commits of a shallow clone", async () => {
      await scratch.commit({ write: { a: "1" } });
      await scratch.commit({ write: { a: "2" } });
      const folder = await scratchFolder();
      await makeGit(folder.path, ["clone", "--quiet", "--depth=1", `file://${scratch.path}`, "clone"]);
      const repository = await open(join(folder.path, "clone"));
      expect(repository.isShallow).toBe(true);
      const commits = await Array.fromAsync(repository.log(ALL));
      expect(commits).toHaveLength(1);
      expect(commits[0]?.patch_set).toBeUndefined();
      await folder[Symbol.asyncDispose]();
    });

    test("works in a worktree", async () => {
      const head = await scratch.commit();
      await scratch.git("worktree", "add", "--quiet", "tree");
      expect(await open(join(scratch.path, "tree"))).toMatchObject({ head, name: "acme/web" });
    });
  });

  describe("paths", () => {
    beforeEach(async () => {
      await scratch.commit({ message: "web", write: { "apps/web/a": "1", "apps/web/[x]": "1" } });
      await scratch.commit({ message: "api", write: { "apps/api/a": "1", "apps/web-tools/x": "1" } });
    });

    const messages = async (cwd: string, paths: readonly string[]) =>
      (await Array.fromAsync((await open(join(scratch.path, cwd), { paths })).log(ALL))).map(({ message }) => message?.trim());

    test.each<[cwd: string, paths: string[], messages: string[]]>([
      ["", ["apps/web"], ["web"]],
      ["", ["apps/web/"], ["web"]],
      ["", ["./apps/web/a"], ["web"]],
      ["apps/api", ["../web"], ["web"]],
      ["apps/api", ["."], ["api"]],
      ["apps", ["web", "api"], ["api", "web"]],
      ["apps", [".."], ["api", "web"]],
      ["", ["apps/web/[x]"], ["web"]],
      ["", [], ["api", "web"]],
    ])("in %j, %j are the commits %j", async (cwd, paths, expected) => {
      expect(await messages(cwd, paths)).toEqual(expected);
    });

    test("can be absolute, and can be removed", async () => {
      expect(await messages("apps/api", [join(scratch.path, "apps", "web")])).toEqual(["web"]);
      await scratch.commit({ message: "remove", remove: ["apps/api/a"] });
      expect(await messages("", ["apps/api"])).toEqual(["remove", "api"]);
    });

    test.each(["apps/wbe", "../other", "apps/w*", "", "/elsewhere"])("rejects %j, which no commit changed", async (path) => {
      await expect(open(scratch.path, { paths: [path] })).rejects.toMatchObject({
        exit: "input",
        message: expect.stringContaining(`"${path}"`),
      });
    });

    test("limit the count as well", async () => {
      expect(await (await open(scratch.path, { paths: ["apps/web"] })).count(ALL)).toBe(1);
    });
  });

  describe("tags", () => {
    const names = async (glob: string, limit = 9) => (await (await open()).tags(glob, limit)).map(({ name }) => name);

    test("are those of commits, newest first, with the commit and the date", async () => {
      const first = await scratch.commit({ date: "2026-01-01T00:00:00Z" });
      await scratch.git("tag", "v1");
      const second = await scratch.commit({ date: "2026-01-02T00:00:00Z" });
      await makeGit(scratch.path, ["tag", "-m", "Notes", "web/v2"], { GIT_COMMITTER_DATE: "2026-01-03T00:00:00+02:00" });
      await scratch.git("tag", "tree", "HEAD^{tree}");
      expect(await (await open()).tags("**", 9)).toEqual([
        { name: "web/v2", commit: second, date: new Date("2026-01-02T22:00:00Z") },
        { name: "v1", commit: first, date: new Date("2026-01-01T00:00:00Z") },
      ]);
      expect(await names("**", 1)).toEqual(["web/v2"]);
      expect(await names("v*")).toEqual(["v1"]);
      expect(await names("web/*")).toEqual(["web/v2"]);
      expect(await names("none*")).toEqual([]);
    });

    test("before a commit are found in its history", async () => {
      const first = await scratch.commit();
      await scratch.git("tag", "v1");
      const second = await scratch.commit();
      await scratch.git("tag", "other");
      const third = await scratch.commit();
      await scratch.git("tag", "v2");
      const repository = await open();
      expect(await repository.findTagBefore(third, "**")).toBe(second);
      expect(await repository.findTagBefore(third, "v*")).toBe(first);
      expect(await repository.findTagBefore(first, "**")).toBeNull();
    });
  });

  describe("the repository's name", () => {
    test("is that of the selected remote", async () => {
      await scratch.commit();
      await scratch.git("remote", "add", "upstream", "https://git.example.test/big/upstream.git");
      expect((await open()).name).toBe("acme/web");
      expect((await open(scratch.path, { remote: "upstream" })).name).toBe("big/upstream");
      expect((await open(scratch.path, { env: { SENTRY_VCS_REMOTE: "upstream" } })).name).toBe("big/upstream");
      expect((await open(scratch.path, { name: "mine" })).name).toBe("mine");
      await expect(open(scratch.path, { remote: "none" })).rejects.toMatchObject({
        exit: "input",
        hint: expect.stringContaining("origin, upstream"),
      });
    });

    test("is that of the only remote, or of the folder", async () => {
      await scratch.commit();
      await scratch.git("remote", "rename", "origin", "other");
      expect((await open()).name).toBe("acme/web");
      await scratch.git("remote", "remove", "other");
      expect((await open()).name).toBe(scratch.path.split("/").at(-1));
    });
  });

  describe("errors", () => {
    test("no repository", async () => {
      const folder = await scratchFolder();
      await mkdir(join(folder.path, "in"));
      await writeFile(join(folder.path, "in", "file"), "");
      await expect(open(join(folder.path, "in"))).rejects.toMatchObject({
        exit: "input",
        message: expect.stringContaining("is not inside a git repository"),
      });
      await folder[Symbol.asyncDispose]();
    });

    test("no commit", async () => {
      await expect(open()).rejects.toMatchObject({ exit: "input", message: expect.stringContaining("has no commits") });
    });

    test("no git", async () => {
      await expect(open(scratch.path, { env: { PATH: "/nowhere" } })).rejects.toMatchObject({
        exit: "failure",
        hint: expect.stringContaining("Install git"),
      });
    });

    test("an interrupt", async () => {
      const place = { cwd: scratch.path, env, signal: AbortSignal.abort() };
      await expect(openRepository(place)).rejects.toMatchObject({ exit: "interrupted" });
    });
  });
});

describe("repositoryName", () => {
  test.each([
    ["git@github.example:acme/web.git", "acme/web"],
    ["git@github.example:acme/web", "acme/web"],
    ["github.example:acme/web.git", "acme/web"],
    ["https://github.example/acme/web.git", "acme/web"],
    ["https://github.example/acme/web/", "acme/web"],
    ["https://user:secret@github.example:8443/acme/web.git", "acme/web"],
    ["ssh://git@git.example:2222/acme/web.git", "acme/web"],
    ["git://git.example/web.git", "web"],
    ["https://gitlab.example/group/sub/web.git", "group/sub/web"],
    ["https://dev.example/acme/My%20Project/_git/web", "acme/My Project/_git/web"],
    ["https://github.example/Acme/Web.git?x=1#y", "Acme/Web"],
    ["file:///srv/git/web.git", "web"],
    ["/srv/git/web.git", "web"],
    ["../web.git/", "web"],
    ["./web", "web"],
    ["C:\\repos\\web.git", "web"],
    ["  git@github.example:acme/web.git\n", "acme/web"],
    ["https://github.example/%E0%A4%A", "%E0%A4%A"],
    ["https://github.example/", null],
    ["", null],
  ])("of %j is %j", (remote, expected) => {
    expect(repositoryName(remote)).toBe(expected);
  });

  test("drops the first parts of a long name", () => {
    const long = "group/".repeat(20);
    expect(repositoryName(`https://git.example/${long}web.git`)).toMatch(/^(?:group\/){1,10}web$/);
    expect(repositoryName(`https://git.example/${"x".repeat(100)}.git`)).toBe("x".repeat(64));
  });

  test("always fits and never contains credentials", () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), (text, url) => {
        for (const remote of [text, url, url.replace("://", "://user:hunter2@")]) {
          const name = repositoryName(remote);
          expect([...(name ?? "")].length).toBeLessThanOrEqual(64);
          expect(name ?? "").not.toContain("hunter2");
        }
      }),
    );
  });
});

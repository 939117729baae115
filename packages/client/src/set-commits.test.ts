import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serveApp, type ServedApp } from "../test/serve-app.ts";
import { createClient, type LandfallClient, type NewCommit, walkPages } from "./create-client.ts";
import { type CommitProgress, setCommits, splitCommits } from "./set-commits.ts";

describe("set commits", () => {
  let app: ServedApp;
  let client: LandfallClient;
  const organization = "acme";
  const SMALL = { count: 10, bytes: 100_000 };

  beforeAll(async () => {
    app = await serveApp();
    client = createClient({ url: app.url, token: app.token });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  beforeEach(() => {
    app.intercept = () => null;
  });

  /** Commits of a repository, newest first, a minute apart. */
  function history(count: number, more: (index: number) => Partial<NewCommit> = () => ({})): NewCommit[] {
    return Array.from({ length: count }, (_, index) => ({
      id: (count - index).toString(16).padStart(40, "0"),
      repository: "acme/web",
      message: `change ${count - index}`,
      author_name: `Author ${index % 3}`,
      author_email: `author${index % 3}@acme.test`,
      timestamp: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
      patch_set: [{ path: `src/file-${index}.ts`, type: "M" }],
      ...more(index),
    }));
  }

  async function releaseOf(version: string): Promise<string> {
    await client.releases.create.mutate({ organization, version, projects: ["web"] });
    return version;
  }

  const shas = (version: string): Promise<string[]> =>
    Array.fromAsync(
      walkPages((cursor) => client.commits.ofRelease.query({ organization, version, cursor })),
      (commit) => commit.id,
    );

  const procedures = (since: number): string[] =>
    app.server.requests.slice(since).map(({ url }) => url.replace("/api/trpc/", "").replace(/\?.*/, ""));

  describe("setCommits", () => {
    test("sends a short list in one call", async () => {
      const version = await releaseOf("short");
      const before = app.server.requests.length;
      const seen: CommitProgress[] = [];
      const release = await setCommits(client, {
        organization,
        version,
        commits: history(5),
        onProgress: (progress) => seen.push(progress),
      });
      expect(procedures(before)).toEqual(["releases.update"]);
      expect(seen).toEqual([
        { stored: 0, total: 5 },
        { stored: 5, total: 5 },
      ]);
      expect(release).toMatchObject({ version, commitCount: 5, lastCommit: { id: history(5)[0]?.id } });
    });

    test("sends a long list in parts and assigns all of it in one call", async () => {
      const version = await releaseOf("long");
      const commits = history(35);
      const before = app.server.requests.length;
      const seen: CommitProgress[] = [];
      const release = await setCommits(client, {
        organization,
        version,
        commits,
        limits: SMALL,
        onProgress: (progress) => seen.push(progress),
      });
      expect(procedures(before)).toEqual(["commits.report", "commits.report", "commits.report", "commits.report", "releases.update"]);
      expect(seen.map(({ stored }) => stored)).toEqual([0, 10, 20, 30, 35]);
      expect(release.commitCount).toBe(35);
      expect(release.authors).toHaveLength(3);
      expect(await shas(version)).toEqual(commits.map(({ id }) => id));
    });

    test("stores the same commits in parts as in one call", async () => {
      const commits = history(23, (index) => (index % 5 === 0 ? { message: "Fixes APP-1", author_name: "" } : {}));
      const one = await releaseOf("one-call");
      await setCommits(client, { organization, version: one, commits: commits.map((commit) => ({ ...commit, repository: "acme/one" })) });
      const parts = await releaseOf("in-parts");
      await setCommits(client, {
        organization,
        version: parts,
        commits: commits.map((commit) => ({ ...commit, repository: "acme/parts" })),
        limits: SMALL,
      });
      const facts = async (version: string) => {
        const [{ items: listed }, { items: files }, release] = await Promise.all([
          client.commits.ofRelease.query({ organization, version }),
          client.commits.files.query({ organization, version }),
          client.releases.get.query({ organization, version }),
        ]);
        return {
          listed: listed.map(({ id, message, author, dateCreated }) => ({ id, message, author, dateCreated })),
          files: files.map(({ filename, type, author }) => ({ filename, type, author })),
          count: release.commitCount,
          authors: release.authors,
          last: release.lastCommit?.id,
        };
      };
      expect(await facts(parts)).toEqual(await facts(one));
    });

    test("skips commits with #skipsentry, in parts as in one call", async () => {
      const version = await releaseOf("skipped");
      const commits = history(25, (index) => (index % 2 === 0 ? { message: "chore\n\n#skipsentry" } : {}));
      const release = await setCommits(client, { organization, version, commits, limits: SMALL });
      expect(release.commitCount).toBe(12);
      expect(await shas(version)).toEqual(commits.filter((_, index) => index % 2 === 1).map(({ id }) => id));
    });

    test("stores all files of a commit that is sent in slices", async () => {
      const version = await releaseOf("sliced");
      const files = Array.from({ length: 300 }, (_, index) => ({ path: `dir/file-${String(index).padStart(3, "0")}`, type: "A" as const }));
      const release = await setCommits(client, {
        organization,
        version,
        commits: [{ id: "f".repeat(40), patch_set: files }],
        limits: { count: 10, bytes: 2_000 },
      });
      expect(release.commitCount).toBe(1);
      const stored = await Array.fromAsync(walkPages((cursor) => client.commits.files.query({ organization, version, cursor })));
      expect(stored.map(({ filename }) => filename).toSorted()).toEqual(files.map(({ path }) => path));
    });

    test("distinguishes commits without a repository or a date", async () => {
      const version = await releaseOf("bare");
      const commits: NewCommit[] = Array.from({ length: 12 }, (_, index) => ({
        id: `bare${index}`,
        ...(index > 5 ? { repository: null } : {}),
      }));
      const release = await setCommits(client, { organization, version, commits, limits: SMALL });
      expect(release.commitCount).toBe(12);
    });

    test("changes nothing the second time", async () => {
      const version = await releaseOf("again");
      const options = { organization, version, commits: history(25), limits: SMALL };
      const first = await setCommits(client, options);
      expect(await setCommits(client, options)).toEqual(first);
    });

    test("removes the commits for an empty list", async () => {
      const version = await releaseOf("emptied");
      await setCommits(client, { organization, version, commits: history(3) });
      const seen: CommitProgress[] = [];
      const release = await setCommits(client, { organization, version, commits: [], onProgress: (progress) => seen.push(progress) });
      expect(release).toMatchObject({ commitCount: 0, lastCommit: null, authors: [] });
      expect(seen).toEqual([{ stored: 0, total: 0 }]);
    });

    test("keeps the old list if aborted halfway", async () => {
      const version = await releaseOf("aborted");
      const old = history(3);
      await setCommits(client, { organization, version, commits: old });
      const controller = new AbortController();
      const seen: number[] = [];
      const running = setCommits(client, {
        organization,
        version,
        commits: history(40),
        limits: SMALL,
        signal: controller.signal,
        onProgress: ({ stored }) => {
          seen.push(stored);
          if (stored === 20) controller.abort();
        },
      });
      await expect(running).rejects.toMatchObject({ code: "aborted" });
      expect(seen).toEqual([0, 10, 20]);
      expect(await shas(version)).toEqual(old.map(({ id }) => id));
    });

    test("keeps the old list if a part fails, and does not retry it", async () => {
      const version = await releaseOf("failed");
      let reports = 0;
      app.intercept = (request) => (request.url.includes("commits.report") && ++reports === 2 ? new Response("", { status: 503 }) : null);
      const call = setCommits(client, { organization, version, commits: history(40), limits: SMALL });
      await expect(call).rejects.toMatchObject({ code: "unavailable" });
      expect(reports).toBe(2);
      expect(await shas(version)).toEqual([]);
    });

    test("rejects an unknown release and an invalid commit", async () => {
      await expect(setCommits(client, { organization, version: "nowhere", commits: history(2) })).rejects.toMatchObject({
        code: "not_found",
      });
      const version = await releaseOf("invalid");
      const commits = history(15, (index) => (index === 12 ? { id: "x".repeat(65) } : {}));
      await expect(setCommits(client, { organization, version, commits, limits: SMALL })).rejects.toMatchObject({
        code: "invalid",
        issues: [{ path: ["commits", 2, "id"] }],
      });
      expect(await shas(version)).toEqual([]);
    });
  });
});

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
  test("splits all commits and files, in order, within the limits", () => {
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 20 }), limits, (commits, limit) => {
        const parts = [...splitCommits(commits, limit)];
        const sent = parts.flatMap((part) => part.commits);
        const joined: NewCommit[] = [];
        let index = -1;
        for (const slice of sent) {
          const open = joined.at(-1);
          const commit = commits[index];
          const isMore = open && commit && open.id === slice.id && (open.patch_set?.length ?? 0) < commit.patch_set.length;
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

  test("returns no parts for no commits", () => {
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

  test("returns a commit that cannot be split although it is too long", () => {
    expect([...splitCommits([{ id: "a", message: "x".repeat(100) }], { count: 10, bytes: 10 })]).toHaveLength(1);
  });
});

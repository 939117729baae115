import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientBench } from "../src/client-bench.ts";
import type { ScratchDirectory } from "../src/run-program.ts";
import { type ImportedCommit, importedRepository } from "../src/scratch-repository.ts";

const bench = clientBench();

/** An unusual commit and what must be stored; `stored` is absent for a commit that is to be skipped. */
type OddCommit = ImportedCommit & { readonly stored?: { message: string | null; author: { name?: string | null; email?: string } } };

const ODD: readonly OddCommit[] = [
  {
    author: "Root <root@example.test>",
    message: "root\n",
    files: ["a"],
    stored: { message: "root", author: { name: "Root", email: "root@example.test" } },
  },
  { author: "Nameless Mail <>", message: "no mail\n", files: ["b"], stored: { message: "no mail", author: {} } },
  {
    author: "<only@example.test>",
    message: "no name\n",
    files: ["c"],
    stored: { message: "no name", author: { name: null, email: "only@example.test" } },
  },
  // The clients send null for a message that is not UTF-8.
  {
    author: "L <l@example.test>",
    message: Buffer.from("caf\xe9\n", "latin1"),
    files: ["d"],
    stored: { message: null, author: { name: "L", email: "l@example.test" } },
  },
  {
    author: "C <c@example.test>",
    message: "bell \x07 \x1b[31m\n",
    files: ["e"],
    stored: { message: "bell \x07 \x1b[31m", author: { name: "C", email: "c@example.test" } },
  },
  {
    author: `Long <${"m".repeat(180)}@example.test>`,
    message: "long mail\n",
    files: ["f"],
    stored: { message: "long mail", author: { name: "Long", email: `${"m".repeat(72)}...` } },
  },
  { author: "S <s@example.test>", message: "not this one #skipsentry\n", files: ["g"] },
  {
    author: "M <m@example.test>",
    message: "many files\n",
    files: Array.from({ length: 1500 }, (_, index) => `${"deep/".repeat(40)}${index}.txt`),
    stored: { message: "many files", author: { name: "M", email: "m@example.test" } },
  },
];

describe("a history with unusual authors and messages", () => {
  let repository: ScratchDirectory;
  beforeAll(async () => {
    repository = await importedRepository(ODD);
  });
  afterAll(() => repository[Symbol.asyncDispose]());

  // Each client uses its own project, so that neither release is the previous one of the other.
  test.each([
    ["3.8", "web"],
    ["2.22", "api"],
  ] as const)("is stored as sentry-cli %s sends it", async (client, project) => {
    const version = `odd-${client}`;
    const result = await bench.run(client, ["releases", "set-commits", version, "--local"], {
      cwd: repository.path,
      env: { SENTRY_PROJECT: project },
    });
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining(`Success! Set commits for release ${version}`) });
    const expected = ODD.flatMap(({ stored }) => (stored === undefined ? [] : [stored])).toReversed();
    expect((await bench.api.commits(version)).map(({ message, author }) => ({ message, author }))).toEqual(expected);
    expect(await bench.api.release(version)).toMatchObject({ commitCount: expected.length });
  });
});

test("three thousand commits, more than the usual body limit, are stored in one call", async () => {
  const plan = Array.from({ length: 3000 }, (_, index) => ({
    author: `Author ${index % 50} <a${index % 50}@example.test>`,
    message: `Change ${index}\n\n${"Because of a long story. ".repeat(30)}\n`,
    files: [`f${index % 100}.txt`],
  }));
  await using repository = await importedRepository(plan);
  const args = ["releases", "set-commits", "big@1", "--local", "--initial-depth", "5000", "--ignore-missing"];
  expect(await bench.run("3.8", args, { cwd: repository.path })).toMatchObject({ code: 0 });
  const release = await bench.api.release("big@1");
  expect(release).toMatchObject({ commitCount: 3000, lastCommit: { message: expect.stringMatching(/^Change 2999\n/) } });
  expect(release.authors).toHaveLength(50);
  expect(await bench.run("3.8", ["releases", "info", "big@1"])).toMatchObject({ code: 0 });
});

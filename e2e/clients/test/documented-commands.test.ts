import { chmod, cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { clientBench, usualEnvironment } from "../src/client-bench.ts";
import { clientBinary } from "../src/client-binary.ts";
import { type DocumentedBlock, nameOf, shellBlocks, yamlBlocks } from "../src/documented-blocks.ts";
import { problemsIn } from "../src/documented-words.ts";
import { projectNode, repositoryRoot, runProgram, type ScratchDirectory, scratchDirectory } from "../src/run-program.ts";
import { FIRST_RELEASE, scratchRepository } from "../src/scratch-repository.ts";
import { type Treatment, TREATMENTS } from "./documented-commands.ts";

const blocks = await shellBlocks();
const treated = blocks.map((block): { name: string; block: DocumentedBlock; treatment: Treatment | undefined } => ({
  name: nameOf(block),
  block,
  treatment: TREATMENTS[nameOf(block)],
}));

test("every shell block of the documents is run or listed with a reason, once", () => {
  expect(treated.map(({ name }) => name).toSorted()).toEqual(Object.keys(TREATMENTS).toSorted());
});

describe("blocks that are not run have valid words", () => {
  const notRun = treated.flatMap(({ name, block, treatment }) => (treatment && "notRun" in treatment ? [[name, block] as const] : []));
  test.each(notRun)("%s", async (_, { text }) => {
    expect(await problemsIn(text)).toEqual([]);
  });
});

test("every YAML block of the documents can be parsed", async () => {
  const found = await yamlBlocks();
  expect(found.length).toBeGreaterThan(0);
  for (const { text } of found) expect(parse(text)).toBeTypeOf("object");
});

describe("blocks that are run", () => {
  const bench = clientBench();
  let workshop: ScratchDirectory;
  beforeAll(async () => {
    workshop = await createWorkshop();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  const run = treated.flatMap(({ name, block, treatment }) => (treatment && "run" in treatment ? [{ name, block, ...treatment }] : []));

  /** The variables that earlier blocks of the same document export. */
  const exportsBefore = ({ file, line }: DocumentedBlock): string =>
    run
      .filter(({ block }) => block.file === file && block.line < line && /^(export .*\n)+$/.test(block.text))
      .map(({ block, run: values }) => replaced(block.text, values))
      .join("");

  const replaced = (text: string, values: Readonly<Record<string, string>>): string =>
    Object.entries(values).reduce((replacing, [placeholder, value]) => {
      if (!replacing.includes(placeholder)) throw new Error(`the placeholder ${placeholder} is not in the block`);
      return replacing.replaceAll(placeholder, value);
    }, text);

  test.each(run)("$name", { timeout: 60_000 }, async ({ block, run: values, before = "" }) => {
    const script = `${before}\n${exportsBefore(block)}${replaced(block.text, values)}`;
    const { server } = bench;
    const result = await runProgram(`the block in line ${block.line} of ${block.file}`, ["bash", "-eo", "pipefail", "-c", script], {
      cwd: join(workshop.path, "shop"),
      limit: 60_000,
      env: {
        ...usualEnvironment(server),
        PATH: `${join(workshop.path, "bin")}:${process.env["PATH"]}`,
        LANDFALL_DATA_DIR: server.dataDirectory,
        WORKSHOP: workshop.path,
        URL: server.url,
        TOKEN: server.token,
        CI_TOKEN: server.ciToken,
      },
    });
    expect(result.code, `${script}\n${result.stdout}${result.stderr}`).toBe(0);
  });
});

/** A script of more than 4242 columns when it is minified into one line. */
const LONG_SCRIPT = `${Array.from({ length: 200 }, (_, n) => `console.log("item ${n} of the cart", ${n});`).join("\n")}\n`;

/**
 * Creates a folder with the repository of a shop, a clone of Landfall beside it, and the programs of the documents: `landfall`, and of `npx`
 * and `npm` the packages and scripts that the documents name, so that nothing is installed.
 */
async function createWorkshop(): Promise<ScratchDirectory> {
  const workshop = await scratchDirectory("workshop");
  const at = (...parts: string[]) => join(workshop.path, ...parts);
  await using repository = await scratchRepository([
    ...FIRST_RELEASE,
    {
      author: { name: "Ada Lovelace", email: "ada@acme.test" },
      date: "2026-06-01T10:00:00+02:00",
      message: "Move the site",
      write: { "apps/web/index.html": "<title>Shop</title>\n" },
    },
  ]);
  await cp(repository.path, at("shop"), { recursive: true });
  await symlink(repositoryRoot, at("landfall"));
  await Promise.all([mkdir(at("bin")), mkdir(at("backups")), writeFile(at("long.js"), LONG_SCRIPT)]);
  for (const file of ["app.js", "static/app.js"])
    await build({ entryPoints: [at("long.js")], minify: true, sourcemap: true, outfile: at("shop", "dist", file), logLevel: "error" });
  await writeFile(at("shop", "trace.txt"), "Error: no card\n    at pay (https://shop.example.com/static/app.js:2:4242)\n");
  const node = projectNode();
  const web = (program: string) => `exec ${node} ${join(repositoryRoot, "apps", "web", program)}`;
  const sentry = clientBinary("3.8", node);
  await writeProgram(at("bin", "landfall"), `exec ${node} ${join(repositoryRoot, "apps/cli/dist/landfall.mjs")} "$@"`);
  await writeProgram(at("bin", "npx"), `[ "$1" = "@sentry/cli" ] || exit 127\nshift\nexec ${sentry.file} "$@"`);
  await writeProgram(
    at("bin", "npm"),
    `[ "$1 $2" = "run --silent" ] && { shift 2; set -- run "$@"; }\n[ "$1 $2 $3" = "run admin --" ] || exit 127\nshift 3\n${web("admin.ts")} "$@"`,
  );
  return workshop;
}

async function writeProgram(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

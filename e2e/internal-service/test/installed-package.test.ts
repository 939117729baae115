import { execFile } from "node:child_process";
import { cp, glob, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenServer, openServer } from "./open-server.ts";

const root = path.join(import.meta.dirname, "..");

let server: OpenServer;

/** A folder outside the repository with the sources of the service, and the packed client installed. */
let service: string;

const inService = (...parts: string[]): string => path.join(service, ...parts);

type ProgramOutput = { readonly stdout: string; readonly stderr: string };

/** Runs a program of the service. Rejects with its output if it fails. */
const run = (command: string, ...args: string[]): Promise<ProgramOutput> =>
  promisify(execFile)(command, args, {
    cwd: service,
    env: { ...process.env, LANDFALL_URL: server.url, LANDFALL_TOKEN: server.token },
  });

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await readFile(file, "utf8"));
}

const writeJson = (file: string, value: object): Promise<void> => writeFile(file, JSON.stringify(value));

async function installService(): Promise<void> {
  await run("node", path.join(root, "..", "..", "scripts", "pack.mjs"), inService("packed"), "@landfall/client");
  const packed = await Array.fromAsync(glob("packed/landfall-client-*.tgz", { cwd: service }));
  expect(packed).toHaveLength(1);
  const installed = async (name: string) => (await readJson(path.join(root, "node_modules", name, "package.json")))["version"];
  await writeJson(inService("package.json"), {
    type: "module",
    dependencies: { "@landfall/client": `file:${packed[0]}` },
    devDependencies: { "@types/node": await installed("@types/node"), typescript: await installed("typescript") },
  });
  await cp(path.join(root, "src"), inService("src"), { recursive: true });
  await run("npx", "--yes", "pnpm@12.21.0", "install", "--prefer-offline");
  const readme = await readFile(inService("node_modules", "@landfall", "client", "README.md"), "utf8");
  await writeFile(inService("src", "readme.ts"), /```ts\n(.+?)```/s.exec(readme)?.[1] ?? "no example");
}

beforeAll(async () => {
  server = await openServer();
  service = await mkdtemp(path.join(tmpdir(), "landfall-service-"));
  await installService();
}, 120_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(service, { recursive: true, force: true });
});

type CompilerOptions = {
  readonly module: string;
  readonly moduleResolution: string;
  readonly lib: readonly string[];
  readonly skipLibCheck: boolean;
};

/** Checks the declarations of all packages too. Those of tRPC need `dom`. */
const NODE: CompilerOptions = { module: "nodenext", moduleResolution: "nodenext", lib: ["es2023", "dom"], skipLibCheck: false };
/** The usual settings of a service. */
const BUNDLER: CompilerOptions = { module: "preserve", moduleResolution: "bundler", lib: ["es2023"], skipLibCheck: true };

async function compile(options: CompilerOptions): Promise<ProgramOutput> {
  const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true };
  const compilerOptions = { ...options, ...strict, target: "es2023", types: ["node"], noEmit: true, allowImportingTsExtensions: true };
  await writeJson(inService("tsconfig.json"), { compilerOptions, include: ["src"] });
  return run("node_modules/.bin/tsc");
}

test.each([NODE, BUNDLER])(
  "the service and the example of the README compile with module resolution $moduleResolution",
  async (options) => {
    await expect(compile(options)).resolves.toMatchObject({ stdout: "" });
  },
);

test("the compiler rejects a field that the server does not send", async () => {
  const typo = inService("src", "typo.ts");
  await writeFile(typo, `import type { Release } from "@landfall/client";\nexport const read = (release: Release) => release.versoin;\n`);
  try {
    await expect(compile(NODE)).rejects.toMatchObject({
      stdout: expect.stringMatching(/^src\/typo\.ts\(2,\d+\): error TS2551: Property 'versoin' does not exist/),
    });
  } finally {
    await rm(typo);
  }
});

test("the service runs", async () => {
  const { stdout } = await run("node", "src/main.ts", "shop@1.0.0");
  expect(stdout).toBe("shop@1.0.0: 1 commit, deployed to production\n");
  const release = await server.client.releases.get.query({ organization: "acme", version: "shop@1.0.0" });
  expect(release).toMatchObject({ commitCount: 1, userAgent: "landfall-client" });
});

test("the service gets the errors of the server by code", async () => {
  await expect(run("node", "src/main.ts", "shop/1.0.0")).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^invalid: /) });
});

test("the package depends only on tRPC and has at most 60 kB of code", async () => {
  const folder = inService("node_modules", "@landfall", "client");
  expect(Object.keys((await readJson(path.join(folder, "package.json")))["dependencies"] ?? {})).toEqual(["@trpc/client", "@trpc/server"]);
  const modules = await Array.fromAsync(glob("**/*.js", { cwd: folder }));
  expect(modules).toEqual(["index.js"]);
  expect((await stat(path.join(folder, "index.js"))).size).toBeLessThan(60_000);
});

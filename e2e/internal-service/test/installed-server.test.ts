import { execFile, spawn } from "node:child_process";
import { cp, glob, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv, promisify } from "node:util";
import { createClient } from "@landfall/client";
import { testBucket } from "@landfall/testing/network/test-bucket";
import { isPostgresAvailable, withScratchPostgres } from "@landfall/testing/stores/open-test-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = path.join(import.meta.dirname, "..");

/** An empty folder outside the repository, in which the packed packages are installed. */
let folder: string;
let bucket: Awaited<ReturnType<typeof testBucket>>;
let server: RunningServer;
let tokens: { readonly token: string; readonly ciToken: string };

const inFolder = (...parts: string[]): string => path.join(folder, ...parts);
const installed = (...parts: string[]): string => inFolder("node_modules", "landfall", ...parts);

type Output = { readonly stdout: string; readonly stderr: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of the installed programs; nothing of the environment of the tests, such as a token, reaches them. */
const variables = (more: Environment = {}): NodeJS.ProcessEnv => ({
  NODE_ENV: "production",
  PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
  HOME: folder,
  ...more,
});

/** Runs a program in the folder. Rejects with its output if it fails. */
const run = (command: string, args: readonly string[], env: Environment = {}, cwd = folder): Promise<Output> =>
  promisify(execFile)(command, args, { cwd, env: variables(env), timeout: 120_000 });

const landfall = (args: readonly string[], env: Environment = {}, cwd = folder): Promise<Output> =>
  run(inFolder("node_modules", ".bin", "landfall"), args, env, cwd);

/** Lists the files below a folder, relative to it; links are not followed. */
async function filesBelow(start: string): Promise<string[]> {
  const entries = await readdir(start, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(start, path.join(entry.parentPath, entry.name)));
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await readFile(file, "utf8"));
}

async function install(): Promise<void> {
  // With the settings of this machine's package manager.
  await run("node", [path.join(root, "..", "..", "scripts", "pack.mjs"), inFolder("packed")], process.env);
  const packed = await Array.fromAsync(glob("packed/*.tgz", { cwd: folder }));
  const named = (name: RegExp) => `file:${packed.find((file) => name.test(file))}`;
  const dependencies = { landfall: named(/\/landfall-\d/), "@landfall/client": named(/landfall-client/) };
  await writeFile(inFolder("package.json"), JSON.stringify({ type: "module", dependencies }));
  await run("npx", ["--yes", "pnpm@12.21.0", "install", "--prod", "--prefer-offline"], process.env);
}

const readEnvFile = async (file: string): Promise<Environment> => parseEnv(await readFile(file, "utf8"));

type RunningServer = {
  readonly url: string;
  readonly pid: number;
  readonly stdout: () => string;
  /** Sends SIGTERM. Returns the exit code. */
  stop(): Promise<number | null>;
};

/** Runs `landfall serve` until it is ready. */
async function serve(args: readonly string[], env: Environment = {}): Promise<RunningServer> {
  const child = spawn(inFolder("node_modules", ".bin", "landfall"), ["serve", ...args], { cwd: folder, env: variables(env) });
  const printed = { stdout: "", stderr: "" };
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.stdout += text;
      const ready = /ready on (http:\S+)/.exec(printed.stdout)?.[1];
      if (ready !== undefined) resolve(ready);
    });
    void ended.then((code) => reject(new Error(`landfall serve ended with ${code}\n${printed.stderr}`)));
  });
  return { url, pid: child.pid ?? 0, stdout: () => printed.stdout, stop: () => (child.kill("SIGTERM"), ended) };
}

/** Resolves a stack trace of the shipped release with the installed command line. */
async function resolveTrace({ url }: RunningServer): Promise<string> {
  const env = { SENTRY_URL: url, SENTRY_ORG: "acme", SENTRY_PROJECT: "web", SENTRY_AUTH_TOKEN: tokens.token };
  await writeFile(inFolder("trace.txt"), "Error: no money\n    at pay (https://shop.example.com/shop.js:1:17)\n");
  return (await landfall(["sourcemaps", "resolve", "trace.txt", "--release", "shop@1.0.0"], env)).stdout;
}

async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return String(port);
}

const hasPostgres = await isPostgresAvailable();

const OWNER = { email: "ada@example.test", password: "an uncommon pass phrase" };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "landfall-installed-"));
  bucket = await testBucket();
  await install();
  const port = await freePort();
  const { access } = bucket;
  await writeFile(
    inFolder("landfall.env"),
    [
      "LANDFALL_DATA_DIR=data",
      "HOST=127.0.0.1",
      `LANDFALL_URL=http://127.0.0.1:${port}`,
      `LANDFALL_S3_BUCKET=${access.bucket}`,
      `LANDFALL_S3_REGION=${access.region}`,
      `LANDFALL_S3_ACCESS_KEY_ID=${access.accessKeyId}`,
      `LANDFALL_S3_SECRET_ACCESS_KEY=${access.secretAccessKey}`,
    ].join("\n"),
  );
  const provision = ["init", "--org", "acme", "--project", "web", "--email", OWNER.email, "--json"];
  const { stdout } = await landfall(["admin", ...provision], { LANDFALL_DATA_DIR: "data", LANDFALL_URL: `http://127.0.0.1:${port}` });
  tokens = JSON.parse(stdout);
  server = await serve(["--env-file", "landfall.env", "--port", port]);
}, 170_000);

afterAll(async () => {
  await server?.stop();
  await bucket?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe("the package", () => {
  test("depends on nothing that is bundled, and has no TypeScript and no path of this repository", async () => {
    const { dependencies, engines } = await readJson(installed("package.json"));
    expect([Object.keys(dependencies ?? {}), engines]).toEqual([["better-sqlite3"], { node: ">=22" }]);
    const files = await filesBelow(installed());
    expect(files.filter((file) => /(?<!\.d)\.tsx?$/.test(file))).toEqual([]);
    const repository = path.join(root, "..", "..");
    for (const file of files.filter((name) => /\.(?:m?js|json|txt|html|rsc|map)$/.test(name))) {
      const text = await readFile(installed(file), "utf8");
      expect(text.includes(repository), file).toBe(false);
    }
    expect(files).toContain("LICENSE");
    expect(await readFile(installed("THIRD-PARTY-LICENSES.txt"), "utf8")).toMatch(/^drizzle-orm .*Apache-2\.0/m);
  });

  test("has the files of all worker threads, and the migrations of both databases", async () => {
    const programs = await Array.fromAsync(glob("server/*.mjs", { cwd: installed() }));
    const sources = await Promise.all(programs.map((file) => readFile(installed(file), "utf8")));
    const workers = sources.flatMap((source) =>
      [...source.matchAll(/new URL\("\.\/([^"]+)", import\.meta\.url\)/g)].map(([, name]) => name),
    );
    expect(new Set(workers)).toEqual(new Set(["checkpoint-worker.mjs", "markdown-worker.mjs", "source-map-worker.mjs"]));
    for (const name of workers) expect(programs).toContain(`server/${name}`);
    for (const dialect of ["sqlite", "postgres"]) {
      const source = path.join(root, "../../packages/db/migrations", dialect);
      const migrations = await Array.fromAsync(glob("*.sql", { cwd: source }));
      expect((await Array.fromAsync(glob("*.sql", { cwd: installed("migrations", dialect) }))).toSorted()).toEqual(migrations.toSorted());
    }
  });

  test("takes at most 150 MB installed", async () => {
    const files = await filesBelow(inFolder("node_modules"));
    const sizes = await Promise.all(files.map(async (file) => (await lstat(inFolder("node_modules", file))).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(20_000_000);
    expect(total).toBeLessThan(150_000_000);
  });
});

describe("the installed server", () => {
  test.runIf(process.platform === "linux")("needs at most 256 MB to start", async () => {
    const peak = /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${server.pid}/status`, "utf8"))?.[1];
    expect(Number(peak) * 1024).toBeLessThan(256_000_000);
  });

  test("records a release that the installed command line ships, with a source map in the bucket", async () => {
    const shop = inFolder("shop");
    await mkdir(path.join(shop, "dist"), { recursive: true });
    await writeFile(path.join(shop, "dist", "shop.js"), 'function pay(){throw new Error("no money")}\n//# sourceMappingURL=shop.js.map\n');
    const map = {
      version: 3,
      file: "shop.js",
      sources: ["pay.ts"],
      sourcesContent: ["export function pay() {"],
      names: [],
      mappings: "AAAA",
    };
    await writeFile(path.join(shop, "dist", "shop.js.map"), JSON.stringify(map));
    const git = (...args: string[]) => run("git", ["-c", "user.name=Ada", "-c", `user.email=${OWNER.email}`, ...args], {}, shop);
    await git("init", "-q");
    await git("add", ".");
    await git("commit", "-qm", "Add a shop");
    const env = { SENTRY_URL: server.url, SENTRY_ORG: "acme", SENTRY_PROJECT: "web", SENTRY_AUTH_TOKEN: tokens.ciToken };
    const { stdout } = await landfall(["ship", "shop@1.0.0", "-e", "production", "--sourcemaps", "dist"], env, shop);
    expect(stdout).toContain("/organizations/acme/releases/shop%401.0.0");
    expect(bucket.verified()).toBeGreaterThan(0);
    expect(await resolveTrace(server)).toContain("at pay (pay.ts:1:1)");
  });

  test("serves its command line", async () => {
    const response = await fetch(`${server.url}/landfall.mjs`);
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(await response.text()).toBe(await readFile(installed("bin", "landfall.mjs"), "utf8"));
  });

  test("serves sentry-cli", async () => {
    const sentryCli = path.join(root, "node_modules", ".bin", "sentry-cli");
    const env = { SENTRY_URL: server.url, SENTRY_ORG: "acme", SENTRY_PROJECT: "web", SENTRY_AUTH_TOKEN: tokens.ciToken };
    await run(sentryCli, ["releases", "new", "cli@1.0.0"], env);
    await run(sentryCli, ["releases", "finalize", "cli@1.0.0"], env);
    await run(sentryCli, ["deploys", "new", "--release", "cli@1.0.0", "-e", "staging"], env);
    const { stdout } = await run(sentryCli, ["releases", "list"], { ...env, SENTRY_AUTH_TOKEN: tokens.token });
    expect(stdout).toContain("cli@1.0.0");
  });

  test("serves a service with the installed client", async () => {
    await cp(path.join(root, "src"), inFolder("src"), { recursive: true });
    const { stdout } = await run("node", ["src/main.ts", "service@1.0.0"], { LANDFALL_URL: server.url, LANDFALL_TOKEN: tokens.ciToken });
    expect(stdout).toBe("service@1.0.0: 1 commit, deployed to production\n");
  });

  test("renders release notes", async () => {
    const client = createClient({ url: server.url, token: tokens.token });
    expect(await client.notes.preview.query({ organization: "acme", version: "shop@1.0.0", markdown: "**done**" })).toEqual({
      html: "<p><strong>done</strong></p>",
    });
  });

  test("serves pages with their scripts and styles, and server actions", async () => {
    await promisify(execFile)(
      "sh",
      ["-c", `printf '%s' "$PASSWORD" | node_modules/.bin/landfall admin password --email ${OWNER.email} --password-stdin`],
      {
        cwd: folder,
        env: variables({ LANDFALL_DATA_DIR: "data", PASSWORD: OWNER.password }),
      },
    );
    const signIn = await (await fetch(`${server.url}/sign-in`)).text();
    const form = new FormData();
    for (const [, name = "", value = ""] of signIn.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?\/>/g)) {
      form.set(name, value.replaceAll("&quot;", '"'));
    }
    for (const [name, value] of Object.entries(OWNER)) form.set(name, value);
    const signedIn = await fetch(`${server.url}/sign-in`, {
      method: "POST",
      body: form,
      headers: { Origin: server.url },
      redirect: "manual",
    });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    expect([signedIn.status, cookie]).toEqual([303, expect.stringContaining("session")]);

    const open = async (page: string) => {
      const response = await fetch(server.url + page, { headers: { Cookie: cookie } });
      return [response.status, await response.text()] as const;
    };
    expect(await open("/organizations/acme")).toEqual([200, expect.stringContaining("shop")]);
    const [status, releases] = await open("/organizations/acme/releases");
    expect([status, releases]).toEqual([200, expect.stringContaining("service@1.0.0")]);
    const assets = new Set([...releases.matchAll(/"(\/_next\/static\/[^"\\]+\.(?:js|css))"/g)].map(([, asset = ""]) => asset));
    expect(assets.size).toBeGreaterThan(2);
    for (const asset of assets) expect([asset, (await open(asset))[0]]).toEqual([asset, 200]);
  });

  test("serves its documentation without signing in", async () => {
    const open = async (page: string) => {
      const response = await fetch(server.url + page);
      return [response.status, await response.text()] as const;
    };
    expect(await open("/docs")).toEqual([200, expect.stringContaining('href="/docs/installation"')]);
    expect(await open("/docs/wire/releases")).toEqual([200, expect.stringContaining("</article>")]);
    expect((await fetch(`${server.url}/docs/pictures/artifacts.png`)).headers.get("content-type")).toBe("image/png");
    expect(await open("/docs/nothing")).toEqual([404, expect.stringContaining("Document not found")]);
  });

  test("is backed up by the installed admin command; the restored copy resolves a stack trace, and stops cleanly", async () => {
    const { stdout } = await landfall(["admin", "backup", "backup.db", "--json"], await readEnvFile(inFolder("landfall.env")));
    expect(JSON.parse(stdout)).toMatchObject({ blobs: { missing: 0, damaged: 0 } });
    await landfall(["admin", "restore", "backup.db"], { LANDFALL_DATA_DIR: "restored" });
    const restored = await serve(["--port", "0", "--host", "127.0.0.1", "--data-dir", "restored"]);
    expect(await resolveTrace(restored)).toContain("at pay (pay.ts:1:1)");
    expect([await restored.stop(), restored.stdout()]).toEqual([0, expect.not.stringContaining("setup")]);
  });

  test.runIf(hasPostgres)("stores its data in PostgreSQL", async () => {
    const database = await withScratchPostgres();
    try {
      const other = await serve(["--port", "0", "--host", "127.0.0.1", "--data-dir", "pg"], { LANDFALL_DATABASE_URL: database.url });
      expect(other.stdout()).toContain("PostgreSQL");
      expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
      expect(await other.stop()).toBe(0);
    } finally {
      await database.close();
    }
  });

  test("a wrong command line is an error with help", async () => {
    await expect(landfall(["serve", "--prot", "80"])).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("--prot") });
    expect((await landfall(["help", "serve"])).stdout).toMatch(/^Usage: landfall serve/);
  });
});

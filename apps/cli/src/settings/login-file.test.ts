import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { loginPath, readLogin, writeLogin } from "./login-file.ts";

let folder: Awaited<ReturnType<typeof scratchFolder>>;
const LOGIN = { url: "https://lf.test", token: "sntryu_1", organization: "acme" };

beforeEach(async () => {
  folder = await scratchFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const runtime = (env: Record<string, string> = {}) => ({ env, home: folder.path });

/** Writes the login file. */
async function saveLogin(content: string): Promise<string> {
  const path = loginPath(runtime());
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe("the login file", () => {
  test("is in the home folder, or in XDG_CONFIG_HOME", () => {
    expect(loginPath(runtime())).toBe(join(folder.path, ".config", "landfall", "config.json"));
    expect(loginPath(runtime({ XDG_CONFIG_HOME: "/etc/xdg" }))).toBe("/etc/xdg/landfall/config.json");
    expect(loginPath(runtime({ XDG_CONFIG_HOME: "" }))).toBe(join(folder.path, ".config", "landfall", "config.json"));
  });

  test("is null before the first login", async () => {
    expect(await readLogin(runtime())).toBeNull();
  });

  test("is read as written, and readable only by its owner", async () => {
    const path = await writeLogin(runtime(), LOGIN);
    expect(await readLogin(runtime())).toEqual(LOGIN);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(path))).toEqual(["config.json"]);
  });

  test("is replaced, even if others could read it", async () => {
    const path = await writeLogin(runtime(), LOGIN);
    await chmod(path, 0o644);
    await writeLogin(runtime(), { ...LOGIN, token: "sntryu_2", organization: null });
    expect(await readLogin(runtime())).toEqual({ ...LOGIN, token: "sntryu_2", organization: null });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("keeps the old file if the new one cannot be written", async () => {
    const path = await writeLogin(runtime(), LOGIN);
    await writeFile(`${path}.${process.pid}.tmp`, "in the way");
    await expect(writeLogin(runtime(), { ...LOGIN, token: "new" })).rejects.toThrow("EEXIST");
    expect(await readLogin(runtime())).toEqual(LOGIN);
  });

  test.each(["", "{", "[]", "null", "{}", '{"url":1,"token":"a"}', '{"url":"a","token":"b","org":3}'])(
    "reports %j as damaged",
    async (content) => {
      const path = await saveLogin(content);
      await expect(readLogin(runtime())).rejects.toMatchObject({
        exit: "input",
        message: `${path} is damaged.`,
        hint: expect.stringContaining("Delete it"),
      });
    },
  );

  test("requires no organization", async () => {
    await saveLogin('{"url":"https://lf.test","token":"t"}');
    expect(await readLogin(runtime())).toEqual({ url: "https://lf.test", token: "t", organization: null });
  });

  test("reports an unreadable file", async () => {
    await mkdir(loginPath(runtime()), { recursive: true });
    await expect(readLogin(runtime())).rejects.toMatchObject({ exit: "failure", message: expect.stringContaining("cannot be read") });
    expect(await readFile(join(folder.path, "nothing")).catch(() => null)).toBeNull();
  });
});

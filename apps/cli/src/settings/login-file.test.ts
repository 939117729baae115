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

const world = (env: Record<string, string> = {}) => ({ env, home: folder.path });

/** Puts something where the login is kept. */
async function keep(content: string): Promise<string> {
  const path = loginPath(world());
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe("the login file", () => {
  test("is in the home folder, or in XDG_CONFIG_HOME", () => {
    expect(loginPath(world())).toBe(join(folder.path, ".config", "landfall", "config.json"));
    expect(loginPath(world({ XDG_CONFIG_HOME: "/etc/xdg" }))).toBe("/etc/xdg/landfall/config.json");
    expect(loginPath(world({ XDG_CONFIG_HOME: "" }))).toBe(join(folder.path, ".config", "landfall", "config.json"));
  });

  test("is null before the first login", async () => {
    expect(await readLogin(world())).toBeNull();
  });

  test("is read as written, and readable only by its owner", async () => {
    const path = await writeLogin(world(), LOGIN);
    expect(await readLogin(world())).toEqual(LOGIN);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(path))).toEqual(["config.json"]);
  });

  test("is replaced, even if others could read it", async () => {
    const path = await writeLogin(world(), LOGIN);
    await chmod(path, 0o644);
    await writeLogin(world(), { ...LOGIN, token: "sntryu_2", organization: null });
    expect(await readLogin(world())).toEqual({ ...LOGIN, token: "sntryu_2", organization: null });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("keeps the old file if the new one cannot be written", async () => {
    const path = await writeLogin(world(), LOGIN);
    await writeFile(`${path}.${process.pid}.tmp`, "in the way");
    await expect(writeLogin(world(), { ...LOGIN, token: "new" })).rejects.toThrow("EEXIST");
    expect(await readLogin(world())).toEqual(LOGIN);
  });

  test.each(["", "{", "[]", "null", "{}", '{"url":1,"token":"a"}', '{"url":"a","token":"b","org":3}'])(
    "tells that %j is damaged",
    async (content) => {
      const path = await keep(content);
      await expect(readLogin(world())).rejects.toMatchObject({
        exit: "input",
        message: `${path} is damaged.`,
        hint: expect.stringContaining("Delete it"),
      });
    },
  );

  test("requires no organization", async () => {
    await keep('{"url":"https://lf.test","token":"t"}');
    expect(await readLogin(world())).toEqual({ url: "https://lf.test", token: "t", organization: null });
  });

  test("reports an unreadable file", async () => {
    await mkdir(loginPath(world()), { recursive: true });
    await expect(readLogin(world())).rejects.toMatchObject({ exit: "failure", message: expect.stringContaining("cannot be read") });
    expect(await readFile(join(folder.path, "nothing")).catch(() => null)).toBeNull();
  });
});

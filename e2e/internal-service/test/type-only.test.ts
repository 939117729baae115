import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const client = join(import.meta.dirname, "..", "..", "..", "packages", "client", "src");

test("the client takes only types from the server, so that a service never loads one", async () => {
  const files = (await readdir(client, { recursive: true })).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  expect(files.length).toBeGreaterThan(15);
  for (const name of files) {
    const imports = (await readFile(join(client, name), "utf8")).split("\n").filter((line) => /from "@landfall\//.test(line));
    expect(imports.filter((line) => !line.startsWith("import type"))).toEqual([]);
  }
});

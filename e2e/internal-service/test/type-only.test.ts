import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const client = join(import.meta.dirname, "..", "..", "..", "packages", "client", "src");

test("the client imports only types from the server", async () => {
  const files = (await readdir(client, { recursive: true })).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  expect(files).toContain("create-client.ts");
  for (const name of files) {
    const imports = (await readFile(join(client, name), "utf8")).split("\n").filter((line) => /from "@landfall\/(?!schema\/)/.test(line));
    expect(imports.filter((line) => !line.startsWith("import type"))).toEqual([]);
  }
});

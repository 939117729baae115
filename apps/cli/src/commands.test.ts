import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Option } from "commander";
import { describe, expect, test } from "vitest";
import { type AnyCommand, DRY_RUN, GLOBAL_OPTIONS, isGroup } from "./command/command.ts";
import { COMMANDS } from "./commands.ts";

const ALL: [path: string, command: AnyCommand][] = Object.entries(COMMANDS).flatMap(([name, node]) =>
  isGroup(node)
    ? Object.entries(node.commands).map(([verb, command]): [string, AnyCommand] => [`${name} ${verb}`, command])
    : [[name, node] as [string, AnyCommand]],
);

describe.each(ALL)("%s", (path, command) => {
  test("has a description and examples", () => {
    expect(command.describe).toMatch(/^[a-z].*[^.]$/);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) expect(example.startsWith(path)).toBe(true);
  });

  test("has distinct flags with descriptions", () => {
    const taken = new Set<string>();
    const known = Object.entries(command.options);
    for (const [, { flags, describe: description }] of [
      ...known,
      ...Object.entries(GLOBAL_OPTIONS),
      ...(command.writes ? [["dryRun", DRY_RUN] as const] : []),
    ]) {
      const { short, long } = new Option(flags);
      for (const name of [short, long]) {
        if (name === undefined) continue;
        expect(taken, `${name} twice`).not.toContain(name);
        taken.add(name);
      }
      expect(description).toMatch(/[^.]$/);
    }
  });

  test("lists required arguments before optional ones", () => {
    const kinds = Object.values(command.arguments).map(({ flags }) => flags[0]);
    expect(kinds).toEqual(kinds.toSorted((a = "", b = "") => (a < b ? -1 : a > b ? 1 : 0)));
    for (const { flags, initial } of Object.values(command.arguments))
      expect(initial).toEqual(/\.\.\.[>\]]$/.test(flags) ? [] : flags.startsWith("<") ? "" : undefined);
  });
});

test("commands do not print", async () => {
  const folder = join(import.meta.dirname, "commands");
  for await (const path of glob("**/*.ts", { cwd: folder, exclude: (name) => name.endsWith(".test.ts") })) {
    const source = await readFile(join(folder, path), "utf8");
    expect(source, path).not.toMatch(/\bprocess\.|\bconsole\.|\.stdout\.write|\.stderr\.write/);
  }
});

test("commands that write support a dry run", async () => {
  const source = await Promise.all(
    (await Array.fromAsync(glob("**/*.ts", { cwd: import.meta.dirname, exclude: (name) => name.endsWith(".test.ts") }))).map(
      async (path) => ({
        path,
        text: await readFile(join(import.meta.dirname, path), "utf8"),
      }),
    ),
  );
  for (const { path, text } of source) {
    const sends = [...text.matchAll(/\.mutate\(|(?<!function )\b(?:setCommits|uploadBundle)\(/g)].length;
    const writes = [...text.matchAll(/context\.write\(/g)].length;
    expect([path, sends <= writes]).toEqual([path, true]);
  }
});

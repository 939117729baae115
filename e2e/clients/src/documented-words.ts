import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { commandsOf, withoutVariables } from "./documented-blocks.ts";
import { projectNode, repositoryRoot, runProgram } from "./run-program.ts";

const Manifest = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** The programs of the package `landfall`, from the sources. Other first words are commands of the command line. */
const PROGRAMS: Readonly<Record<string, string>> = { admin: "apps/web/admin.ts", serve: "apps/web/server.ts" };
const COMMAND_LINE = "apps/cli/src/main.ts";

/** Scripts of package.json that run a program with the words after `--`. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = { admin: ["admin"], seed: ["admin", "seed"] };

/** Scripts that npm runs without `run`. */
const SHORT = new Set(["start", "test"]);

/** Checks commands without running them. Returns the problems: invalid syntax, missing files and scripts, unknown commands and options. */
export async function problemsIn(text: string): Promise<string[]> {
  const syntax = await runProgram("bash", ["bash", "-n", "-c", text], { env: {} });
  const found = await Promise.all(commandsOf(text).map((words) => problemsOfCommand(withoutVariables(words))));
  return [...(syntax.code === 0 ? [] : [syntax.stderr]), ...found.flat()];
}

async function problemsOfCommand(words: readonly string[]): Promise<string[]> {
  const missing = await Promise.all(words.filter(isOfRepository).map(missingFile));
  return [...missing.flat(), ...(await problemsOfScript(words)), ...(await problemsOfLandfall(words))];
}

const isOfRepository = (word: string): boolean => /^(apps|bench|deploy|docs|e2e|packages|scripts)\/|^\.env\.example$/.test(word);

const missingFile = (word: string): Promise<string[]> =>
  access(join(repositoryRoot, word)).then(
    () => [],
    () => [`${word} does not exist`],
  );

async function problemsOfScript([program, first = "", ...rest]: readonly string[]): Promise<string[]> {
  if (program !== "npm" || !(SHORT.has(first) || first === "run")) return [];
  const name = first === "run" ? (rest.find((word) => !word.startsWith("-")) ?? "") : first;
  const { scripts } = Manifest.parse(JSON.parse(await readFile(join(repositoryRoot, "package.json"), "utf8")));
  return name in scripts ? [] : [`package.json has no script ${name}`];
}

/** Checks the command and the options against the help of the program. */
async function problemsOfLandfall(words: readonly string[]): Promise<string[]> {
  const args = argumentsOfLandfall(words);
  if (args === null) return [];
  const [first = ""] = args;
  const program = PROGRAMS[first];
  const rest = program ? args.slice(1) : args;
  const firstOption = rest.findIndex((word) => word.startsWith("-"));
  const path = firstOption < 0 ? rest : rest.slice(0, firstOption);
  const command = [projectNode(), join(repositoryRoot, program ?? COMMAND_LINE), ...path, "--help"] as const;
  const { code, stdout, stderr } = await runProgram(`${words.join(" ")} --help`, command, { env: {} });
  if (code !== 0) return [`${words.join(" ")}: ${stderr}`];
  const [name = ""] = path;
  const usage = stdout.split("\n", 1)[0] ?? "";
  const options = rest.filter((word) => /^-{1,2}[a-z]/.test(word) && word !== "--help").map((word) => word.replace(/=.*/, ""));
  return [
    ...(usage.split(/\s/).includes(name) || name === "" ? [] : [`${words.join(" ")}: unknown command ${name}`]),
    ...options.filter((option) => !stdout.split(/[\s,]+/).includes(option)).map((option) => `${words.join(" ")}: unknown option ${option}`),
  ];
}

/** Returns the arguments of Landfall in a command, however it is started: by name, by npx, by the path of its file, or by a script. */
function argumentsOfLandfall(words: readonly string[]): readonly string[] | null {
  if (words[0] === "npm") {
    const name = words.slice(2).find((word) => !word.startsWith("-")) ?? "";
    const separator = words.indexOf("--");
    const prefix = SCRIPTS[name];
    return prefix ? [...prefix, ...(separator < 0 ? [] : words.slice(separator + 1))] : null;
  }
  const start = words[0] === "npx" ? 1 : 0;
  if (words[start] === "landfall") return words.slice(start + 1);
  const file = words.findIndex((word) => /(^|\/)landfall\.mjs$/.test(word));
  return file < 0 || words[file - 1] === "--output" ? null : words.slice(file + 1);
}

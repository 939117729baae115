import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BuildName } from "../builds/builds.ts";
import type { PluginOptions } from "../builds/plugin-options.ts";
import { projectNode, repositoryRoot } from "./project-node.ts";
import { type ProgramEnvironment, type ProgramResult, runProgram } from "./run-program.ts";

const PROGRAM = join(repositoryRoot, "e2e", "clients", "builds", "build.ts");

/**
 * Builds the shop in a directory anew into `dist/assets`, with a bundler and an unmodified plugin in a process of their own.
 *
 * @throws when the build does not end within a minute.
 */
export async function buildShop(
  build: BuildName,
  options: PluginOptions,
  { cwd, env = {} }: { readonly cwd: string; readonly env?: ProgramEnvironment },
): Promise<ProgramResult> {
  await rm(join(cwd, "dist"), { recursive: true, force: true });
  return runProgram(`the build of ${build}`, [projectNode(), PROGRAM, build, JSON.stringify(options)], { cwd, env, limit: 60_000 });
}

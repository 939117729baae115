import { type Parameter, repeated } from "../parameters.ts";

/** The folders and files that a command is about. */
export const PATHS: Parameter<readonly string[]> = repeated("<paths...>", "folders of the build, or files of it");

/** Which files below them count. */
export const FILE_OPTIONS = {
  ext: repeated("-x, --ext <ending>", "endings of scripts in place of js, mjs and cjs; repeat it for more"),
  ignore: repeated("-i, --ignore <pattern>", "files and folders to pass over, as .gitignore has them; node_modules always is"),
};

/** Endings without the dot some write before them. */
export const endingsOf = (given: readonly string[]): string[] => given.map((ending) => ending.replace(/^\./, ""));

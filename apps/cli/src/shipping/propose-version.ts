import type { Repository } from "../git/open-repository.ts";
import type { Setting, Settings } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";
import type { Runtime } from "../system/runtime.ts";
import { ciRun } from "./ci-run.ts";

type WithSettings = { readonly runtime: Pick<Runtime, "env">; readonly settings: Pick<Settings, "release"> };

/**
 * Returns the version to ship and its source: the argument, LANDFALL_RELEASE or SENTRY_RELEASE, the tag or the commit of the CI run (as
 * sentry-cli and the bundler plugins propose there), the tag at HEAD, `git describe`, or the date and hash of HEAD.
 *
 * @throws CliError `input` if the version is not valid.
 */
export async function proposeVersion(
  { runtime, settings }: WithSettings,
  argument: string | undefined,
  repository: Repository,
): Promise<Setting<string>> {
  return checkVersion(await findVersion({ runtime, settings }, argument, repository));
}

/** Returns the version unchanged. @throws CliError `input` if it is not valid. */
export function checkVersion(version: Setting<string>): Setting<string> {
  const problem = versionProblem(version.value);
  if (problem === null) return version;
  throw new CliError(
    "input",
    `Invalid version "${version.value}" (from ${version.source}): ${problem}.`,
    "Specify a version, as in `landfall ship <version>` or `--release <version>`.",
  );
}

async function findVersion(
  { runtime, settings }: WithSettings,
  argument: string | undefined,
  repository: Repository,
): Promise<Setting<string>> {
  if (argument !== undefined) return { value: argument, source: "the command line" };
  if (settings.release) return settings.release;
  const run = ciRun(runtime);
  const sources: [string, () => Promise<string | null> | string | null][] = [
    ["the tag of the CI run", () => run?.tag ?? null],
    ["the commit of the CI run", () => run?.commit ?? null],
    ["the tag at HEAD", repository.tag],
    ["git describe", repository.describe],
  ];
  for (const [source, find] of sources) {
    const value = await find();
    if (value) return { value, source };
  }
  return { value: await repository.dated(), source: "the date of HEAD" };
}

const MAX_LENGTH = 200;

/** Returns why a version is not valid (contract 3.3); null if it is. */
export function versionProblem(version: string): string | null {
  if (/[\r\n\f\t/\\]/.test(version)) return "it must not contain slashes, backslashes, or line breaks";
  if (["", ".", "..", "latest"].includes(version.trim().toLowerCase())) return "it is empty or a reserved name";
  return [...version].length > MAX_LENGTH ? `it is longer than ${MAX_LENGTH} characters` : null;
}

import type { Repository } from "../git/open-repository.ts";
import type { Setting, Settings } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";
import type { World } from "../system/world.ts";
import { ciRun } from "./ci-run.ts";

type Known = { readonly world: Pick<World, "env">; readonly settings: Pick<Settings, "release"> };

/**
 * The version to ship and where it was found: as given, else LANDFALL_RELEASE or SENTRY_RELEASE, else the tag or the commit a CI run
 * builds, else the tag at HEAD, else `git describe`, else the sha of HEAD. Throws a CliError for a name no release can have.
 */
export async function proposeVersion(
  { world, settings }: Known,
  given: string | undefined,
  repository: Repository,
): Promise<Setting<string>> {
  return checkVersion(await findVersion({ world, settings }, given, repository));
}

/** The version itself. Throws a CliError for a name no release can have. */
export function checkVersion(version: Setting<string>): Setting<string> {
  const problem = problemOf(version.value);
  if (problem === null) return version;
  throw new CliError(
    "input",
    `"${version.value}" (${version.source}) ${problem}.`,
    "Name the version yourself: `landfall ship <version>`, `--release <version>`.",
  );
}

async function findVersion({ world, settings }: Known, given: string | undefined, repository: Repository): Promise<Setting<string>> {
  if (given !== undefined) return { value: given, source: "the command line" };
  if (settings.release) return settings.release;
  const run = ciRun(world);
  const sources: [string, () => Promise<string | null> | string | null][] = [
    ["the tag CI builds", () => run?.tag ?? null],
    ["the commit CI builds", () => run?.commit ?? null],
    ["the tag at HEAD", repository.tag],
    ["git describe", repository.describe],
  ];
  for (const [source, find] of sources) {
    const value = await find();
    if (value) return { value, source };
  }
  return { value: repository.head, source: "the sha of HEAD" };
}

const LONGEST = 200;

/** Why no release can have this name (contract 3.3), null when one can. */
function problemOf(version: string): string | null {
  if (/[\r\n\f\t/\\]/.test(version)) return "holds a slash, a backslash or a line break, which no version may";
  if (["", ".", "..", "latest"].includes(version.trim().toLowerCase())) return "names no release";
  return [...version].length > LONGEST ? `is longer than ${LONGEST} characters` : null;
}

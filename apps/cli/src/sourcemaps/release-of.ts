import { isCliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { openRepository } from "../git/open-repository.ts";
import { checkVersion, proposeVersion } from "../shipping/propose-version.ts";

/**
 * The release that files are uploaded for, found as `ship` finds it; null outside of a git folder when nobody named one. Throws a CliError
 * for a name no release can have.
 */
export async function releaseOf(context: Context, given: string | undefined): Promise<string | null> {
  const { world, settings } = context;
  const named = given === undefined ? settings.release : { value: given, source: "--release" };
  if (named) return checkVersion(named).value;
  const repository = await openRepository({ cwd: world.cwd, env: world.env, signal: world.signal }).catch((error: unknown) => {
    if (isCliError(error) && error.exit === "input") return null;
    throw error;
  });
  return repository && (await proposeVersion(context, undefined, repository)).value;
}

import { shellQuote } from "../shell-quote.ts";

/** The commands that upload what a build made, for a release or, without one, to be found by debug id. */
export function uploadCommands(version: string | null, project: string | null): readonly string[] {
  const released = version === null ? "" : ` --release=${shellQuote(version)}`;
  const named = project === null ? "" : ` -p ${shellQuote(project)}`;
  return ["sentry-cli sourcemaps inject ./dist", `sentry-cli sourcemaps upload${named}${released} ./dist`];
}

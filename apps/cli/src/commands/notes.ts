import type { Outputs } from "@landfall/client/create-client";
import { requireOrganization, requireVersion } from "../command/arguments.ts";
import { command, text } from "../command/command.ts";

type Notes = Outputs["notes"]["get"];

/** Prints the release notes of a release. */
export const notes = command({
  describe: "print the release notes of a release as Markdown",
  details: "Prints the notes that were saved on the page of the release, else the draft made from its commits.",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  examples: ["notes web@1.4.0", "notes web@1.4.0 > notes.md", "notes web@1.4.0 --json"],
  async run(context, { version }): Promise<Notes> {
    const found = await context.client.notes.get.query({
      organization: requireOrganization(context),
      version: requireVersion(context, version),
    });
    const { read, total } = found.draft.commits;
    if (found.markdown.trim() === "") context.warn("The release has no notes and no commits to draft them from.");
    else if (found.isDraft && read < total) context.warn(`The draft has only the newest ${read} of ${total} commits.`);
    return found;
  },
  print: ({ markdown }) => markdown.trimEnd(),
});

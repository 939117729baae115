import type { Release } from "@landfall/client/procedure-types";
import { command } from "../../command.ts";
import { flag, required, text } from "../../parameters.ts";
import { wantedOrganization, wantedProjects } from "../../wanted.ts";

type Made = { readonly release: Release; readonly created: boolean };

/** Makes a release, or adds projects to the one there is. */
export const newRelease = command({
  describe: "make a release; made again, it only gains projects",
  arguments: { version: required("<version>", "the version, exactly as it is reported elsewhere") },
  options: {
    ref: text("--ref <ref>", "what it was built from: a tag, a branch or a sha"),
    url: text("--url <url>", "a page about it"),
    finalize: flag("--finalize", "released now; without it the release waits for `releases finalize`"),
  },
  examples: ["releases new web@1.4.0 -p web", "releases new 1.4.0 -p web -p api --ref main --finalize"],
  writes: true,
  async run(context, { version, ref, url, finalize }): Promise<Made | undefined> {
    const input = {
      organization: wantedOrganization(context),
      version,
      projects: wantedProjects(context),
      ...(ref === undefined ? {} : { ref }),
      ...(url === undefined ? {} : { url }),
      ...(finalize ? { dateReleased: context.world.now() } : {}),
    };
    return context.write("releases.create", input, (sent) => context.client.releases.create.mutate(sent));
  },
  print: ({ release, created }) =>
    `${created ? "Created" : "Found"} release ${release.version} in ${release.projects.map(({ slug }) => slug).join(", ")}`,
});

import { LookUpArtifactsInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_READ } from "@landfall/schema/scope";
import type { FoundArtifactView } from "@landfall/schema/views/artifact-bundle";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { assertCanDownload, type Content } from "./content.ts";
import { findArtifacts, type FoundArtifact } from "./find-artifacts.ts";
import { openArtifact } from "./open-found.ts";

/** What was found, or the bytes of it. */
export type LookUpResult = { readonly found: FoundArtifactView[] } | { readonly content: Content };

/** What a project has for a frame of a stack trace, by debug id or by address, release and dist; with `download` the bytes of what was found. */
export const lookUpArtifacts = query({
  scope: REL_READ,
  at: atProject,
  input: LookUpArtifactsInput,
  run: async ({ db, at: { access, project }, context }, { download, debug_id: debugId, ...wanted }): Promise<LookUpResult> => {
    if (download !== undefined) {
      assertCanDownload(access.scopes);
      return { content: await openArtifact(db, context, project, download) };
    }
    const address = `${context.origin}/api/0/projects/${access.organization.slug}/${project.slug}/artifact-lookup/`;
    const found = await findArtifacts(db, project, { debugId, ...wanted });
    return { found: found.toSorted(compareFound).map((one) => describeFound(one, address)) };
  },
});

const compareFound = (a: FoundArtifact, b: FoundArtifact): number => (a.kind === b.kind ? a.id - b.id : a.kind < b.kind ? -1 : 1);

function describeFound(found: FoundArtifact, address: string): FoundArtifactView {
  const id = `${found.kind}/${found.id}`;
  const common = { id, url: `${address}?download=${id}`, resolved_with: found.by };
  return found.kind === "release_file"
    ? { ...common, type: "file", abs_path: found.name, headers: { ...found.headers } }
    : { ...common, type: "bundle" };
}

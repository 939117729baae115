import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Metadata } from "next";
import { Notes } from "#features/release/notes.tsx";
import { releasePage } from "#features/release/release-page.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Notes of ${formatRelease(release.version)}` };
}

/** The release notes: saved ones, else a draft from the commits. */
export default async function NotesPage() {
  const { call, organization, release } = await releasePage();
  const { version, may } = release;
  const notes = await call.notes.get({ organization, version });
  return (
    <Notes
      organization={organization}
      version={version}
      notes={{ ...notes, draft: { ...notes.draft, sections: [] } }}
      mayEdit={may.change}
    />
  );
}

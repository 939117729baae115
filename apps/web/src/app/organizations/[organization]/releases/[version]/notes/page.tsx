import type { Metadata } from "next";
import { Notes } from "../notes.tsx";
import { type ReleaseParams, releasePage } from "../release-page.ts";
import { renderMarkdown } from "../render-markdown.ts";

type NotesPageProps = { readonly params: ReleaseParams };

export async function generateMetadata({ params }: NotesPageProps): Promise<Metadata> {
  const { release } = await releasePage(params);
  return { title: `Notes of ${release.version}` };
}

/** What a release brings, for people: as somebody wrote it, else as drafted from its commits. */
export default async function NotesPage({ params }: NotesPageProps) {
  const { call, organization, release } = await releasePage(params);
  const { version, may } = release;
  const notes = await call.notes.get({ organization, version });
  return (
    <Notes
      organization={organization}
      version={version}
      notes={{ ...notes, draft: { ...notes.draft, sections: [] } }}
      html={renderMarkdown(notes.markdown, 3)}
      mayEdit={may.change}
    />
  );
}

import type { PersonBriefView } from "@landfall/schema/views/brief";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";

/** Somebody, and in how many releases they have commits. */
export type ProjectContributor = { readonly person: PersonBriefView; readonly releases: number };

/** Who is named with these releases, people before programs, whoever is in most of them first. */
export function contributorsOf(lines: readonly Pick<ReleaseLineView, "people">[]): ProjectContributor[] {
  const byEmail = Map.groupBy(
    lines.flatMap(({ people }) => people),
    ({ email }) => email,
  );
  return [...byEmail.values()]
    .flatMap((same) => {
      const [person] = same;
      return person ? [{ person, releases: same.length }] : [];
    })
    .toSorted((a, b) => Number(a.person.isBot) - Number(b.person.isBot) || b.releases - a.releases);
}

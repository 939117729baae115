import { releaseName } from "@landfall/domain/versions/release-name";
import { referencesIn } from "@landfall/domain/commits/references";
import type { CommitView } from "@landfall/schema/releases/commits";
import type { Viewer } from "#server/pages/running-app.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import classes from "./search-examples.module.css";

type SearchExamplesProps = { readonly call: Viewer["call"]; readonly organization: string; readonly to: OrganizationUrls };

/** The kinds of searches, with examples from the newest release. */
export async function SearchExamples({ call, organization, to }: SearchExamplesProps) {
  const { items } = await call.releases.browse({ organization, project: "-1", per_page: "1" });
  const version = items.at(0)?.version ?? null;
  const commits = version === null ? null : await call.commits.ofRelease({ organization, version, per_page: "20" });
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">Is my change live? Search by</h2>
      <dl className={classes["examples"]}>
        {exampleQueries(version, commits?.items ?? []).map(({ kind, text }) => (
          <div key={kind}>
            <dt>{kind}</dt>
            <dd>
              <PageLink href={to.search({ q: text })} className="cut">
                {text}
              </PageLink>
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        Each result shows the commit's releases and environments.{" "}
        <span className="keyboard-only">
          Press <kbd>/</kbd> to search from any page.
        </span>
      </p>
    </section>
  );
}

export type ExampleQuery = { readonly kind: string; readonly text: string };

type Commit = Pick<CommitView, "id" | "message" | "author">;

/** Returns an example of each kind of search, from these commits where possible. */
export function exampleQueries(version: string | null, commits: readonly Commit[]): ExampleQuery[] {
  const subjects = commits.map(({ message }) => (message ?? "").split("\n", 1)[0]?.trim() ?? "");
  const reference = subjects.flatMap(referencesIn).find((text) => /^(?:[#!]\d+|[A-Z][A-Z0-9_]*-\d+)$/.test(text));
  const email = commits.flatMap(({ author }) => ("email" in author ? author.email : [])).at(0);
  const words = subjects.map(searchWords).find((text) => text !== "");
  const path = commits.flatMap(({ message }) => /\b[\w-]+(?:\/[\w.-]+)+\b/.exec(message ?? "")?.[0] ?? []).at(0);
  return [
    { kind: "pull request or ticket number", text: reference ?? "#4812" },
    { kind: "commit hash prefix", text: commits.at(0)?.id.slice(0, 8) ?? "4f2a91c0" },
    { kind: "words in the message", text: words ?? "fix login" },
    { kind: "author", text: email ?? "ada@example.com" },
    { kind: "changed file or folder", text: path ?? "src/login" },
    { kind: "version", text: version === null ? "4.3.1" : releaseName(version).short },
  ];
}

/** Returns the first words of a subject, without its type and numbers. */
function searchWords(subject: string): string {
  const words = subject.replace(/^\w+(?:\([^)]*\))?!?:/, "").match(/\p{L}{3,}/gu) ?? [];
  return words.slice(0, 2).join(" ");
}

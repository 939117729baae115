import type { Viewer } from "../../../../running-app.ts";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { exampleQueries } from "./example-questions.ts";
import classes from "./examples.module.css";

type SearchExamplesProps = { readonly call: Viewer["call"]; readonly organization: string; readonly to: OrganizationUrls };

/** What can be searched for, with examples from the newest release. */
export async function SearchExamples({ call, organization, to }: SearchExamplesProps) {
  const { items } = await call.releases.browse({ organization, project: "-1", per_page: "1" });
  const version = items.at(0)?.version ?? null;
  const commits = version === null ? null : await call.commits.ofRelease({ organization, version, per_page: "20" });
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">Is my change live? Search for</h2>
      <dl className={classes["examples"]}>
        {exampleQueries(version, commits?.items ?? []).map(({ what, text }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <PageLink href={to.search({ q: text })} className="cut">
                {text}
              </PageLink>
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        Each commit is answered with the releases that hold it and the environments it is in. <kbd>/</kbd> searches from any page.
      </p>
    </section>
  );
}

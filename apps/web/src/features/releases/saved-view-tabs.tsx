import type { SavedViewView } from "@landfall/schema/organizations/saved-views";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { DEFAULT_FILTERS, filtersQuery, type ListFilters, parseSavedView, savedViewQuery } from "./list-filters.ts";
import { SavedViewForms } from "./saved-view-forms.tsx";
import classes from "./saved-view-tabs.module.css";

type SavedViewTabsProps = {
  readonly organization: string;
  readonly to: OrganizationUrls;
  readonly address: ListFilters;
  readonly views: readonly SavedViewView[];
};

/** The viewer's own views of the list, the one shown marked, and what can be done with it. */
export function SavedViewTabs({ organization, to, address, views }: SavedViewTabsProps) {
  const text = savedViewQuery(address);
  const current = views.find((view) => savedViewQuery(parseSavedView(view.query)) === text);
  const isWhole = !current && text === "";
  return (
    <div className={classes["views"]}>
      <nav aria-label="Views of the list">
        <PageLink href={to.releases(filtersQuery(DEFAULT_FILTERS))} aria-current={isWhole ? "page" : undefined}>
          All open
        </PageLink>
        {views.map((view) => (
          <PageLink
            key={view.id}
            href={to.releases(filtersQuery(parseSavedView(view.query)))}
            aria-current={view === current ? "page" : undefined}
            title={view.isDefault ? `${view.name}: Releases opens with it` : view.name}
          >
            <span className="cut">{view.name}</span>
            {view.isDefault && (
              <>
                <span aria-hidden="true">★</span>
                <span className="unseen">(opens first)</span>
              </>
            )}
          </PageLink>
        ))}
      </nav>
      <SavedViewForms organization={organization} query={text} current={current ?? null} />
    </div>
  );
}

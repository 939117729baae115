import type { SavedViewView } from "@landfall/schema/views/saved-view";
import type { Addresses } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { addressQuery, type ListAddress, readView, viewText, WHOLE_LIST } from "./list-address.ts";
import { ViewForms } from "./view-forms.tsx";
import classes from "./view-tabs.module.css";

type ViewTabsProps = {
  readonly organization: string;
  readonly to: Addresses;
  readonly address: ListAddress;
  readonly views: readonly SavedViewView[];
};

/** The viewer's own views of the list, the one shown marked, and what can be done with it. */
export function ViewTabs({ organization, to, address, views }: ViewTabsProps) {
  const text = viewText(address);
  const current = views.find((view) => viewText(readView(view.query)) === text);
  const isWhole = !current && text === "";
  return (
    <div className={classes["views"]}>
      <nav aria-label="Views of the list">
        <PageLink href={to.releases(addressQuery(WHOLE_LIST))} aria-current={isWhole ? "page" : undefined}>
          All open
        </PageLink>
        {views.map((view) => (
          <PageLink
            key={view.id}
            href={to.releases(addressQuery(readView(view.query)))}
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
      <ViewForms organization={organization} query={text} current={current ?? null} />
    </div>
  );
}

import { formatCount } from "@landfall/domain/format";
import type { AttentionKind, OverviewView } from "@landfall/schema/releases/overview";
import { Fragment, type ReactNode } from "react";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { ReleaseName } from "#ui/release-name.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { DismissButton } from "./dismiss-button.tsx";
import classes from "./attention.module.css";

/** Items of a kind that are listed; the list of releases has all. */
const MAX_ITEMS = 5;

type AttentionProps = {
  readonly organization: string;
  readonly attention: OverviewView["attention"];
  readonly to: OrganizationUrls;
};

/** Releases and tokens that need attention, with the next step for each. What the viewer dismissed is below. */
export function Attention({ organization, attention, to }: AttentionProps) {
  const kinds = [
    attentionOfReleases("commits", attention.withoutCommits, to),
    attentionOfReleases("deploys", attention.neverDeployed, to),
    attentionOfTokens(attention.expiringTokens, to),
  ];
  const dismissed = kinds.flatMap(({ items }) => items.filter(({ isDismissed }) => isDismissed));
  const shown = kinds
    .map((kind) => ({ ...kind, items: kind.items.filter(({ isDismissed }) => !isDismissed) }))
    .filter(({ items }) => items.length > 0);
  return (
    <>
      {shown.length === 0 ? (
        <p className={classes["clear"]}>
          {dismissed.length === 0
            ? "✓ Nothing needs attention: releases have commits and deploys, and no token expires soon."
            : "✓ Nothing else needs attention."}
        </p>
      ) : (
        <ul className={`list ${classes["attention"]}`}>
          {shown.map(({ kind, items, all }) => (
            <Fragment key={kind}>
              {items.slice(0, MAX_ITEMS).map((item) => (
                <AttentionRow key={item.project} organization={organization} item={item} />
              ))}
              {items.length > MAX_ITEMS && (
                <li>
                  <PageLink href={all.href}>{all.label(items.length - MAX_ITEMS)}</PageLink>
                </li>
              )}
            </Fragment>
          ))}
        </ul>
      )}
      {dismissed.length > 0 && (
        <details className={classes["dismissed"]}>
          <summary>{dismissed.length} dismissed</summary>
          <ul className="list">
            {dismissed.map((item) => (
              <li key={`${item.kind}:${item.project}`}>
                <PageLink href={item.href}>{item.title}</PageLink>
                <DismissButton organization={organization} {...item} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function AttentionRow({ organization, item }: { readonly organization: string; readonly item: Item }) {
  const { title, href, details } = item;
  return (
    <li>
      <div className={classes["head"]}>
        <PageLink href={href}>
          <strong>{title}</strong>
        </PageLink>
        <DismissButton organization={organization} {...item} />
      </div>
      {details}
    </li>
  );
}

/** What can be dismissed at once. */
type Item = {
  readonly kind: AttentionKind;
  /** The slug; null for tokens. */
  readonly project: string | null;
  readonly title: string;
  /** The URL of the full list. */
  readonly href: string;
  readonly details: ReactNode;
  readonly ids: readonly string[];
  readonly isDismissed: boolean;
};

/** The items of a kind, and a link to the list of all. */
type Kind = {
  readonly kind: AttentionKind;
  readonly items: readonly Item[];
  readonly all: { readonly href: string; readonly label: (more: number) => string };
};

type ByProject = OverviewView["attention"]["withoutCommits"];

const RELEASE_KINDS = {
  // The periods are those of the overview.
  commits: { lack: "without commits", tab: "commits", period: "30d" },
  deploys: { lack: "finalized, but not deployed", tab: "deploys", period: "90d" },
} as const;

function attentionOfReleases(kind: keyof typeof RELEASE_KINDS, projects: ByProject, to: OrganizationUrls): Kind {
  const { lack, tab, period } = RELEASE_KINDS[kind];
  const listOf = (project: string) => to.releases({ lacking: kind, period, project });
  return {
    kind,
    all: { href: listOf("-1"), label: (more) => `Releases ${lack} of ${formatCount(more, "more project")}` },
    items: projects.map(({ project: { slug }, count, isCapped, items, ids, isDismissed }) => ({
      kind,
      project: slug,
      title: `${isCapped ? "At least " : ""}${formatCount(count, "release")} of ${slug} ${lack}`,
      href: listOf(slug),
      ids,
      isDismissed,
      details: (
        <span>
          {items.map(({ version }) => (
            <PageLink key={version} href={to.release(version, tab)} className="cut">
              <ReleaseName version={version} />
            </PageLink>
          ))}
        </span>
      ),
    })),
  };
}

type Tokens = OverviewView["attention"]["expiringTokens"];

/** The viewer's own tokens are listed on the account page, the organization's in its settings. */
function attentionOfTokens({ items, ids, isDismissed }: Tokens, to: OrganizationUrls): Kind {
  const listOf = (kind: string | undefined) => (kind === "organization" ? to.settings("tokens") : "/account");
  const href = listOf(items.find(({ kind }) => kind === "organization")?.kind);
  const item: Item = {
    kind: "tokens",
    project: null,
    title: `${formatCount(items.length, "token")} ${items.length === 1 ? "expires" : "expire"} soon`,
    href,
    ids,
    isDismissed,
    details: (
      <>
        <ul className={classes["tokens"]}>
          {items.map(({ id, kind, name, dateExpires }) => (
            <li key={id}>
              <PageLink href={listOf(kind)}>{name}</PageLink> expires <TimeAgo at={dateExpires} />
            </li>
          ))}
        </ul>
        <p>Rotate them there. The old token stays valid for one more day.</p>
      </>
    ),
  };
  return { kind: "tokens", items: items.length === 0 ? [] : [item], all: { href, label: () => "All tokens" } };
}

import type { OverviewView } from "@landfall/schema/views/overview";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./attention.module.css";

type IncompleteReleases = OverviewView["attention"]["withoutCommits"];

/** What somebody should look at, with the next step for each; says so when there is nothing. */
export function Attention({ attention, to }: { readonly attention: OverviewView["attention"]; readonly to: OrganizationUrls }) {
  const { withoutCommits, neverDeployed, expiringTokens } = attention;
  if (withoutCommits.count + neverDeployed.count + expiringTokens.length === 0) {
    return <p className={classes["well"]}>✓ Nothing needs you: releases have commits and deploys, no token expires soon.</p>;
  }
  return (
    <ul className={classes["attention"]}>
      <ReleaseGroup what="without commits" lacking={withoutCommits} to={to} tab="commits" />
      <ReleaseGroup what="finalized, but never deployed" lacking={neverDeployed} to={to} tab="deploys" />
      {expiringTokens.map(({ id, kind, name, dateExpires }) => (
        <li key={`${kind}:${id}`}>
          <strong>
            Token {name} expires <TimeAgo at={dateExpires} />
          </strong>
          <p>
            <PageLink href={kind === "user" ? "/account" : to.settings("tokens")}>Rotate it</PageLink>: the old one works for a day beside
            the new one.
          </p>
        </li>
      ))}
    </ul>
  );
}

type ReleaseGroupProps = { readonly what: string; readonly lacking: IncompleteReleases; readonly to: OrganizationUrls; readonly tab: string };

function ReleaseGroup({ what, lacking: { count, isCapped, items }, to, tab }: ReleaseGroupProps) {
  if (count === 0) return null;
  return (
    <li>
      <strong>
        {count}
        {isCapped ? "+" : ""} {count === 1 ? "release" : "releases"} {what}
      </strong>
      <span>
        {items.map(({ version, description, package: name }) => (
          <PageLink key={version} href={to.release(version, tab)} title={version} className="cut">
            {name === null ? description : `${name} ${description}`}
          </PageLink>
        ))}
      </span>
    </li>
  );
}

import type { DeployView } from "@landfall/schema/views/deploy";
import type { DeletionPreviewView } from "@landfall/schema/views/release-admin";
import type { ReactNode } from "react";
import { Chip } from "../../../../../ui/chip.tsx";
import { CopyButton } from "../../../../../ui/copy-button.tsx";
import { OutsideLink } from "../../../../../ui/outside-link.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { EnvironmentChips } from "./environment-chips.tsx";
import { findBeside } from "./find-beside.ts";
import { Neighbours } from "./neighbours.tsx";
import { releaseFacts } from "./release-facts.ts";
import { ReleaseMenu } from "./release-menu.tsx";
import { mayChange, type ReleasePage } from "./release-page.ts";
import classes from "./release-head.module.css";

type ReleaseHeadProps = {
  readonly page: ReleasePage;
  readonly deploys: readonly DeployView[];
  readonly preview: DeletionPreviewView;
};

/** Which release this is, where it is, and the ways to those before and after it. */
export async function ReleaseHead({ page, deploys, preview }: ReleaseHeadProps) {
  const { organization, release, to } = page;
  const { version, versionInfo, owner, ref, url } = release;
  const beside = await findBeside(page);
  return (
    <div className={classes["head"]}>
      <div className={classes["top"]}>
        <p className={classes["path"]}>
          <PageLink href={to.releases()}>Releases</PageLink>
          {versionInfo?.package && (
            <>
              {" / "}
              <PageLink href={to.releases({ query: `release.package:${quoted(versionInfo.package)}` })}>{versionInfo.package}</PageLink>
            </>
          )}
        </p>
        {beside && (
          <Neighbours
            organization={organization}
            version={version}
            previous={beside.meta.prevReleaseVersion ?? null}
            next={beside.meta.nextReleaseVersion ?? null}
            project={beside.project.slug}
            named={beside.named}
            projects={release.projects.map(({ slug, name }) => ({ slug, name }))}
          />
        )}
      </div>
      <div className={classes["top"]}>
        <div className={classes["title"]}>
          <h1 title={version}>{versionInfo?.description ?? version}</h1>
          <CopyButton text={version} what="the version" />
          {release.status === "archived" ? (
            <Chip tone="warn" title="Lists leave it out">
              Archived
            </Chip>
          ) : (
            <Chip>Open</Chip>
          )}
        </div>
        {mayChange(page, preview) && <ReleaseMenu release={releaseFacts(organization, release)} preview={preview} />}
      </div>
      <EnvironmentChips to={to} deploys={deploys} current={preview.environments.map(({ name }) => name)} />
      <dl className={classes["facts"]}>
        {versionInfo?.description !== version && <Fact name="Version">{<span className="mono">{version}</span>}</Fact>}
        <Fact name="Created">
          <TimeAgo at={release.dateCreated} />
        </Fact>
        {release.dateReleased && (
          <Fact name="Released">
            <TimeAgo at={release.dateReleased} />
          </Fact>
        )}
        {owner && (
          <Fact name="Owner">
            <PageLink href={to.person(owner.email)}>{owner.name}</PageLink>
          </Fact>
        )}
        {ref && (
          <Fact name="Ref">
            <span className="mono">{ref}</span>
          </Fact>
        )}
        {url && (
          <Fact name="Page">
            <OutsideLink href={url} title={url}>
              {url.replace(/^https?:\/\//i, "")}
            </OutsideLink>
          </Fact>
        )}
      </dl>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="cut">{children}</dd>
    </div>
  );
}

/** A value of a search, between quotes where it has blanks. */
const quoted = (value: string): string => (/[\s"]/.test(value) ? `"${value.replaceAll('"', String.raw`\"`)}"` : value);

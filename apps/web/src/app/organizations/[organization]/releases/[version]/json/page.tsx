import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { releaseFileName } from "#features/release/file-name.ts";
import { releasePage } from "#features/release/release-page.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { CopyButton, DownloadButton } from "#ui/copy-download.tsx";
import classes from "./page.module.css";

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `JSON of ${formatRelease(release.version)}` };
}

/** The API response for a release. */
export default async function Json() {
  const { call, organization, release } = await releasePage();
  const response = await call.releases.get({ organization, version: release.version });
  const text = JSON.stringify(response, null, 2);
  const path = `/api/0/organizations/${encodeURIComponent(organization)}/releases/${encodeURIComponent(release.version)}/`;
  const origin = runningApp().originOf(await headers());
  return (
    <>
      <div className={classes["bar"]}>
        <a href={path}>Open API response</a>
        <CopyButton text={text} what="the JSON">
          Copy
        </CopyButton>
        <DownloadButton text={text} name={releaseFileName(release.version, "json")} type="application/json">
          Download .json
        </DownloadButton>
      </div>
      <CommandLine command={`curl -H "Authorization: Bearer $SENTRY_AUTH_TOKEN" '${origin}${path.replaceAll("'", "%27")}'`} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, with the keyboard too */}
      <pre className={classes["json"]} tabIndex={0} aria-label="Release as JSON">
        <code>{text}</code>
      </pre>
    </>
  );
}

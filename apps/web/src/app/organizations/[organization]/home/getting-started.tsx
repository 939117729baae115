"use client";

import { Button } from "@mantine/core";
import { useActionState } from "react";
import type { FirstRelease } from "../../../../page-data/first-release.ts";
import { FirstReleasePanel } from "../../../../ui/first-release/first-release-panel.tsx";
import type { Place } from "../../../../ui/first-release/first-release-lines.ts";
import { Refusal } from "../../../../ui/refusal.tsx";
import { makeSample } from "../sample/make-sample.ts";
import { makeToken } from "./make-token.ts";

type GettingStartedProps = { readonly place: Place; readonly progress: FirstRelease | null };

/** Home before the first release: what to type, with a token on demand, and what the pages look like with sample data. */
export function GettingStarted({ place, progress }: GettingStartedProps) {
  const [token, askToken, isMaking] = useActionState(makeToken, null);
  const [sample, askSample, isSampling] = useActionState(makeSample, null);
  const made = token?.kind === "done" ? token.value : null;
  return (
    <div className="stack">
      <h2>Report a first release</h2>
      {made === null ? (
        <form action={askToken} className="row">
          <span>The lines below need a token.</span>
          <Button type="submit" variant="light" loading={isMaking}>
            Make one and fill it in
          </Button>
          <Refusal message={token?.kind === "refused" ? (token.message ?? Object.values(token.fields)[0]) : null} />
        </form>
      ) : (
        <output>
          The token in these lines is yours. It is shown <strong>only now</strong>: keep it in a safe place. For CI, make one of the
          organization&rsquo;s under Settings → Tokens.
        </output>
      )}
      <FirstReleasePanel place={place} token={made} progress={progress} />
      <h2>Or look around first</h2>
      <form action={askSample} className="row">
        <span>An organization of its own with made-up releases, commits and deploys. It is removed again with one click.</span>
        <Button type="submit" variant="default" loading={isSampling}>
          Show me sample data
        </Button>
        <Refusal message={sample} />
      </form>
    </div>
  );
}

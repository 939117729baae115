"use server";

import type { ResolvedStackView } from "@landfall/schema/artifacts/source-maps";
import { runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

export type StackToResolve = {
  readonly organization: string;
  readonly project: string;
  readonly release: string;
  readonly dist: string;
  readonly stack: string;
  /** The chosen files, by the URLs of scripts in the trace. */
  readonly files: Readonly<Record<string, string>>;
};

/** Resolves a stack trace with the artifacts of a project. The trace is sent in a request body, so that it is in no URL and no log. */
export async function resolveStack({
  organization,
  project,
  release,
  dist,
  stack,
  files,
}: StackToResolve): Promise<Outcome<ResolvedStackView>> {
  if (stack.trim() === "") return { kind: "refused", code: "invalid", message: null, fields: { stack: "Paste a stack trace." } };
  const event = { release: release.trim() || undefined, dist: dist.trim() || undefined };
  return runAction(({ call }) => call.artifacts.resolveStack({ organization, project, stack, files, ...event }));
}

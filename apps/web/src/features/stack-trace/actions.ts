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
};

/** Resolves a stack trace with what was uploaded for a project. Sent as a form is, so that the trace stands in no address and no log. */
export async function resolveStack({ organization, project, release, dist, stack }: StackToResolve): Promise<Outcome<ResolvedStackView>> {
  if (stack.trim() === "")
    return { kind: "refused", code: "invalid", message: null, fields: { stack: "Paste the lines of a stack trace first." } };
  const event = { ...(release.trim() === "" ? {} : { release: release.trim() }), ...(dist.trim() === "" ? {} : { dist: dist.trim() }) };
  return runAction(({ call }) => call.artifacts.resolveStack({ organization, project, stack, ...event }));
}

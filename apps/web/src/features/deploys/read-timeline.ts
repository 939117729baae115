import type { Page } from "@landfall/schema/page";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { failureOf } from "#server/pages/failure.ts";

/** A page of deploys, or which filter does not exist or is not visible to the viewer. */
export type ReadTimeline =
  | { readonly kind: "found"; readonly page: Page<EnvironmentDeployView> }
  | { readonly kind: "missing"; readonly what: "environment" | "project" };

/** Reads deploys. Returns `missing` for an unknown environment or project. */
export async function readTimeline(read: Promise<Page<EnvironmentDeployView>>): Promise<ReadTimeline> {
  try {
    return { kind: "found", page: await read };
  } catch (error) {
    const { code } = failureOf(error);
    if (code === "not_found") return { kind: "missing", what: "environment" };
    if (code === "forbidden") return { kind: "missing", what: "project" };
    throw error;
  }
}

import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { ChunkOptionsView } from "@landfall/schema/views/chunk-options";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { UPLOAD_LIMITS } from "./upload-limits.ts";

/** How and where to upload chunks (contract 9.1). */
export const getChunkOptions = query({
  scope: REL_READ,
  at: atOrganization,
  input: NoInput,
  run: ({ at, context }): Promise<ChunkOptionsView> => {
    const path = `organizations/${at.access.organization.slug}/chunk-upload/`;
    return Promise.resolve({
      url: acceptsRelativeUrl(context.userAgent) ? path : `${context.origin}/api/0/${path}`,
      ...UPLOAD_LIMITS,
      hashAlgorithm: "sha1",
      compression: ["gzip"],
      accept: ["release_files", "artifact_bundles", "artifact_bundles_v2"],
    });
  },
});

/** Clients from 1.70.1 until before 2.30.0 put the address behind that of the server themselves. */
function acceptsRelativeUrl(userAgent: string | null): boolean {
  const [, ...parts] = /^sentry-cli\/(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(userAgent ?? "") ?? [];
  if (parts.length < 3) return false;
  const [major = 0, minor = 0, patch = 0] = parts.map(Number);
  if (major === 1) return minor > 70 || (minor === 70 && patch >= 1);
  return major === 2 && minor < 30;
}

import type { ReleaseTokenView } from "@landfall/schema/views/organization";
import { releaseSignature } from "./release-signature.ts";

/** A project's release webhook as the wire shows it (contract 10.5). */
export const describeReleaseToken = (token: string, projectId: number, origin: string): ReleaseTokenView => ({
  token,
  webhookUrl: `${origin}/api/hooks/release/builtin/${projectId}/${releaseSignature(token, projectId)}/`,
});

/** The text of a new release token: 32 hex digits. */
export const newReleaseToken = (randomHex: (bytes: number) => string): string => randomHex(16);

import type { LandfallClient } from "@landfall/client/create-client";

let client: Promise<LandfallClient> | null = null;

/** Returns the tRPC client of the signed-in viewer; its code is loaded on the first call. */
export function browserClient(): Promise<LandfallClient> {
  client ??= import("@landfall/client/create-client").then(({ createClient }) => createClient({ url: location.origin, timeoutMs: 15_000 }));
  return client;
}

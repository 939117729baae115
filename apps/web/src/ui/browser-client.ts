import type { LandfallClient } from "@landfall/client/create-client";

let client: Promise<LandfallClient> | null = null;

/** Every operation, called from the browser as whoever is signed in. What is needed for it is fetched when it is first asked for. */
export function browserClient(): Promise<LandfallClient> {
  client ??= import("@landfall/client/create-client").then(({ createClient }) => createClient({ url: location.origin, timeoutMs: 15_000 }));
  return client;
}

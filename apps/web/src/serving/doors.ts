import { trpcHandler } from "@landfall/api/trpc-handler";
import type { App } from "@landfall/core/app";
import { restApp } from "@landfall/rest/rest-app";
import type { Door } from "./door.ts";
import { fetchDoor } from "./fetch-door.ts";
import type { Handler } from "./listener.ts";
import type { Metrics } from "./metrics.ts";
import { operationsDoor } from "./operations-door.ts";

export type DoorsOptions = {
  readonly app: App;
  readonly metrics: Metrics;
  readonly pages: Handler;
  readonly isClosing: () => boolean;
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/** Everything the server answers, by door. */
export function createDoors({ app, metrics, pages, isClosing, onBug }: DoorsOptions): Record<Door, Handler> {
  const rest = restApp({ app, onBug });
  const trpc = trpcHandler({ app, onBug });
  const operations = operationsDoor({ store: app.store, metrics, isClosing, onBug });
  const wire = fetchDoor((request) => rest.fetch(request), onBug);
  return {
    rest: wire,
    hooks: wire,
    trpc: fetchDoor(trpc, onBug),
    operations: fetchDoor((request) => operations.fetch(request), onBug),
    pages,
  };
}

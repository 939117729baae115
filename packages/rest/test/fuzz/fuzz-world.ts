import type { Known } from "@landfall/testing/fuzz/aimed-values";
import { openFuzzApp } from "@landfall/testing/fuzz/fuzz-app";
import { type RowCounts, rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { requestTarget } from "../../src/http/request-target.ts";
import { restHandler } from "../../src/rest-handler.ts";
import type { OddBody } from "./odd-body.ts";

type Thrown = {
  readonly method: string;
  /** Path and query, as sent: below `/api/0` unless it begins with `/api/`. */
  readonly target: string;
  /** The header; the owner's token by default, null for none. */
  readonly authorization?: string | null;
  readonly body?: OddBody;
};

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The bugs reported while serving. */
  readonly bugs: readonly unknown[];
};

/** A REST handler for a small organization in which most generated names exist. */
export interface FuzzWorld {
  /** Existing names for paths, queries and bodies. */
  readonly known: Known;
  /** Sends a request; returns null for one that no server would pass on, or that cannot be sent. */
  send(thrown: Thrown): Promise<Reply | null>;
  counts(): Promise<RowCounts>;
  close(): Promise<void>;
}

/** Opens a world. Every response is checked against the declaration of its route. */
export async function openFuzzWorld(kind: Parameters<typeof openFuzzApp>[0]): Promise<FuzzWorld> {
  const { app, token, known, close } = await openFuzzApp(kind);
  let bugs: unknown[] = [];
  const rest = restHandler({ app, onBug: (error) => bugs.push(error), checkResponses: true });
  return {
    known,
    counts: () => rowCounts(app.store),
    close,
    async send({ method, target, authorization = `Bearer ${token}`, body }) {
      const safe = requestTarget(target.startsWith("/api/") ? target : `/api/0${target}`);
      if (safe === null) return null;
      const headers = {
        ...(authorization === null ? {} : { authorization }),
        ...(body?.contentType ? { "content-type": body.contentType } : {}),
      };
      const bytes = body && body.bytes.length > 0 ? { body: body.bytes } : {};
      const request = attempt(() => new Request(`http://landfall.test${safe}`, { method, headers, ...bytes }));
      if (request === null) return null;
      bugs = [];
      const response = await rest(request);
      return { status: response.status, headers: response.headers, text: await response.text(), bugs };
    },
  };
}

/** Some headers cannot be sent. */
function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

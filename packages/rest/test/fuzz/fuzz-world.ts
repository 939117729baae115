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
  /** The header; the owner's token unless given, null for none. */
  readonly authorization?: string | null;
  readonly body?: OddBody;
};

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What was reported as a bug while answering. */
  readonly bugs: readonly unknown[];
};

/** The wire over a small organization in which most names lead somewhere. */
export interface FuzzWorld {
  /** What paths, queries and bodies may name so that something is found. */
  readonly known: Known;
  /** Sends a request; null for one that no server would hand on, or that cannot be sent. */
  send(thrown: Thrown): Promise<Reply | null>;
  counts(): Promise<RowCounts>;
  close(): Promise<void>;
}

/** Opens the world of one store. Every answer is held against what its route declares. */
export async function openFuzzWorld(kind: Parameters<typeof openFuzzApp>[0]): Promise<FuzzWorld> {
  const { app, token, known, close } = await openFuzzApp(kind);
  let bugs: unknown[] = [];
  const rest = restHandler({ app, onBug: (error) => bugs.push(error), checkAnswers: true });
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

/** Some headers cannot be sent at all. */
function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

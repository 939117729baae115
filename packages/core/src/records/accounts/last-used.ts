import type { Store, Tx } from "@landfall/db/store";
import { and, eq, lt } from "drizzle-orm";
import type { LiveSession } from "../../access/authenticate-session.ts";

/** One use of a token. */
export type TokenUse = {
  readonly tokenId: number;
  readonly now: Date;
  /** The client's User-Agent. */
  readonly client: string | null;
  /** The project that it was used for, if the request names one (contract 16.1). */
  readonly projectId?: number;
};

/** Records the last use of tokens. */
export interface LastUsedRecorder {
  /** Records a use in memory. Never fails. */
  touch(use: TokenUse): void;
  /** Stores the recorded uses. Never throws: errors go to `onError`, and the next use of the tokens is recorded again. */
  flush(): Promise<void>;
}

export type LastUsedOptions = {
  readonly onError: (error: unknown) => void;
  /** Schedules work; by default a second later. */
  readonly later?: (work: () => void) => void;
};

/** The minimum time between two stored uses of a token, in milliseconds (contract 16.1). */
const TOKEN_INTERVAL = 60_000;

const MAX_CLIENT_LENGTH = 256;

/**
 * Creates a recorder that stores the uses of one second in one transaction. A token is written once a minute, and once more if its first
 * project becomes known after that. Call `flush` before closing the store.
 */
export function createLastUsedRecorder(store: Store, { onError, later = afterASecond }: LastUsedOptions): LastUsedRecorder {
  const recent = new Map<number, TokenUse>();
  let waiting = new Map<number, TokenUse>();
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const uses = [...waiting.values()];
    waiting = new Map();
    if (uses.length === 0) return;
    forgetOld(recent, uses);
    try {
      await store.transaction(async (tx) => {
        for (const use of uses) await storeUse(tx, use);
      });
    } catch (error) {
      for (const { tokenId } of uses) recent.delete(tokenId);
      onError(error);
    }
  }

  const flush = () => (writing = writing.then(write));

  return {
    flush,
    touch(use) {
      const last = recent.get(use.tokenId);
      const addsNoProject = use.projectId === undefined || last?.projectId !== undefined;
      if (last && addsNoProject && use.now.getTime() - last.now.getTime() < TOKEN_INTERVAL) return;
      const projectId = use.projectId ?? waiting.get(use.tokenId)?.projectId;
      const merged = { ...use, projectId };
      recent.set(use.tokenId, merged);
      if (waiting.size === 0) later(() => void flush());
      waiting.set(use.tokenId, merged);
    },
  };
}

async function storeUse(tx: Tx, { tokenId, now, client, projectId }: TokenUse): Promise<void> {
  const { tokens, projects } = tx.tables;
  // The project may have been deleted; the use is still stored, without it.
  const [project] = projectId === undefined ? [] : await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId));
  await tx
    .update(tokens)
    .set({
      dateLastUsed: now,
      lastUsedClient: client?.slice(0, MAX_CLIENT_LENGTH) ?? null,
      ...(project ? { projectLastUsedId: project.id } : {}),
    })
    .where(eq(tokens.id, tokenId));
}

/** Removes uses older than the interval, which have no effect any more, so that the map does not grow with every token. */
function forgetOld(recent: Map<number, TokenUse>, uses: readonly TokenUse[]): void {
  const newest = Math.max(...uses.map(({ now }) => now.getTime()));
  for (const [tokenId, { now }] of recent) {
    if (newest - now.getTime() >= TOKEN_INTERVAL) recent.delete(tokenId);
  }
}

const afterASecond = (work: () => void) => void setTimeout(work, 1000).unref();

/** The minimum time between two stored uses of a session, in milliseconds. */
const SESSION_INTERVAL = 5 * 60_000;

/** Stores the use of a session, unless one was stored in the last five minutes. */
export async function recordSessionUse(store: Store, { actor, dateLastUsed }: LiveSession, now: Date): Promise<void> {
  if (now.getTime() - dateLastUsed.getTime() < SESSION_INTERVAL) return;
  await store.transaction(async (tx) => {
    const { sessions } = tx.tables;
    await tx
      .update(sessions)
      .set({ dateLastUsed: now })
      .where(and(eq(sessions.id, actor.sessionId), lt(sessions.dateLastUsed, now)));
  });
}

import type { OrganizationEvent } from "@landfall/core/kernel/context";
import type { Timers } from "#server/lifecycle/timers.ts";

/** Distributes the changes of all organizations to their followers. */
export interface EventFeed {
  /** Records a change. Called for every write, so it only stores the kind, and nothing for organizations without followers. */
  readonly publish: (change: OrganizationEvent) => void;
  /**
   * Calls `onKinds` with the kinds of things that change in an organization, batched: the first 30 ms after a change, then at most every
   * 500 ms. Returns the function that unsubscribes.
   */
  follow(organizationId: number, onKinds: (kinds: readonly string[]) => void): () => void;
}

/** Milliseconds to wait for more changes: transactions often change several kinds of things, and clients send several requests. */
const BATCH_DELAY = 30;

/** Milliseconds between two batches. */
const INTERVAL = 500;

/** The pending changes and followers of one organization. */
type Channel = {
  readonly followers: Set<(kinds: readonly string[]) => void>;
  readonly kinds: Set<string>;
  lastSent: number;
  cancel: (() => void) | null;
};

export function createEventFeed(timers: Timers): EventFeed {
  const channels = new Map<number, Channel>();

  function flush(channel: Channel): void {
    const kinds = [...channel.kinds];
    channel.kinds.clear();
    channel.cancel = null;
    channel.lastSent = timers.now();
    for (const follower of channel.followers) follower(kinds);
  }

  return {
    publish({ organizationId, kind }) {
      const channel = channels.get(organizationId);
      if (!channel) return;
      channel.kinds.add(kind);
      channel.cancel ??= timers.later(() => flush(channel), Math.max(BATCH_DELAY, channel.lastSent + INTERVAL - timers.now()));
    },
    follow(organizationId, onKinds) {
      const channel = channels.get(organizationId) ?? { followers: new Set(), kinds: new Set(), lastSent: -INTERVAL, cancel: null };
      channels.set(organizationId, channel);
      // A new function each time, so that the same callback can follow twice.
      const follower = (kinds: readonly string[]) => onKinds(kinds);
      channel.followers.add(follower);
      return () => {
        if (!channel.followers.delete(follower) || channel.followers.size > 0) return;
        channel.cancel?.();
        channels.delete(organizationId);
      };
    },
  };
}

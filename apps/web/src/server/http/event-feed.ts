import type { OrganizationEvent } from "@landfall/core/kernel/context";
import type { Timers } from "#server/lifecycle/timers.ts";

/** The changes of all organizations, handed to those who follow one. */
export interface EventFeed {
  /** Takes a change in. Called on the way of every write: it only remembers the kind, and not even that where nobody follows. */
  readonly tell: (change: OrganizationEvent) => void;
  /**
   * Hands over what kinds of things were changed in an organization from now on, several changes at once: the first a moment after it
   * happened, the next no sooner than half a second later. Answers how to stop.
   */
  follow(organizationId: number, onKinds: (kinds: readonly string[]) => void): () => void;
}

/** A transaction often changes several kinds of things, and a client sends several requests. */
const GATHERING = 30;

const INTERVAL = 500;

/** What is to be handed to the followers of one organization. */
type Channel = {
  readonly followers: Set<(kinds: readonly string[]) => void>;
  readonly kinds: Set<string>;
  lastHanded: number;
  cancel: (() => void) | null;
};

export function createEventFeed(timers: Timers): EventFeed {
  const channels = new Map<number, Channel>();

  function hand(channel: Channel): void {
    const kinds = [...channel.kinds];
    channel.kinds.clear();
    channel.cancel = null;
    channel.lastHanded = timers.now();
    for (const follower of channel.followers) follower(kinds);
  }

  return {
    tell({ organizationId, kind }) {
      const channel = channels.get(organizationId);
      if (!channel) return;
      channel.kinds.add(kind);
      channel.cancel ??= timers.later(() => hand(channel), Math.max(GATHERING, channel.lastHanded + INTERVAL - timers.now()));
    },
    follow(organizationId, onKinds) {
      const channel = channels.get(organizationId) ?? { followers: new Set(), kinds: new Set(), lastHanded: -INTERVAL, cancel: null };
      channels.set(organizationId, channel);
      // Of its own, so that two followers are two even when they are the same function.
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

"use client";

import type { SessionView } from "@landfall/schema/views/session";
import { Button } from "@mantine/core";
import { Chip } from "../../../ui/chip.tsx";
import { FormError } from "../../../ui/refusal.tsx";
import { useFormAction } from "../../../ui/sending/use-send.ts";
import { TimeAgo } from "../../../ui/time-ago.tsx";
import { browserName } from "./browser-name.ts";
import { endSessions } from "./end-sessions.ts";
import classes from "./session-list.module.css";

/** Where the viewer is signed in, and how to end that. A session that was ended is over with its next request. */
export function SessionList({ sessions }: { readonly sessions: readonly SessionView[] }) {
  const { answer, unanswered, isSending, form } = useFormAction(endSessions, null);
  const hasOthers = sessions.some(({ isCurrent }) => !isCurrent);
  return (
    <form {...form} className="stack">
      <FormError message={unanswered ?? (answer?.kind === "refused" ? answer.message : null)} />
      <ul className={classes["sessions"]}>
        {sessions.map(({ id, isCurrent, ipAddress, userAgent, dateCreated, dateLastUsed }) => (
          <li key={id}>
            <strong title={userAgent ?? undefined}>{browserName(userAgent)}</strong>
            <span className="soft">{ipAddress ?? "address unknown"}</span>
            <span className="soft">
              since <TimeAgo at={dateCreated} />, last used <TimeAgo at={dateLastUsed} />
            </span>
            {isCurrent ? (
              <Chip tone="ok">this one</Chip>
            ) : (
              <Button type="submit" name="session" value={id} variant="default" size="compact-xs" disabled={isSending}>
                Sign out there
              </Button>
            )}
          </li>
        ))}
      </ul>
      {hasOthers && (
        <div>
          <Button type="submit" name="session" value="others" variant="default" loading={isSending}>
            Sign out everywhere else
          </Button>
        </div>
      )}
    </form>
  );
}

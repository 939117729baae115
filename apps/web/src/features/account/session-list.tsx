"use client";

import type { SessionView } from "@landfall/schema/organizations/accounts";
import { Button } from "@mantine/core";
import { Chip } from "#ui/chip.tsx";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { endSessions } from "./actions.ts";
import classes from "./session-list.module.css";

/** Where the viewer is signed in, and how to end that. A session that was ended is over with its next request. */
export function SessionList({ sessions }: { readonly sessions: readonly SessionView[] }) {
  const { result, noResponse, isSending, form } = useFormAction(endSessions, null);
  const hasOthers = sessions.some(({ isCurrent }) => !isCurrent);
  return (
    <form {...form} className="stack">
      <FormError message={noResponse ?? (result?.kind === "refused" ? result.message : null)} />
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

const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\bHeadlessChrome\/|\b(?:Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/\b(?:iPhone|iPad|iPod)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
] as const;

/** What people call the browser and system of a `User-Agent`: "Firefox on Linux"; the text itself where it names no browser we know. */
export function browserName(userAgent: string | null): string {
  if (!userAgent) return "Unknown browser";
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (!browser) return userAgent.length > 40 ? `${userAgent.slice(0, 40)}…` : userAgent;
  return system ? `${browser} on ${system}` : browser;
}

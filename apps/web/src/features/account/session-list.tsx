"use client";

import type { SessionView } from "@landfall/schema/organizations/accounts";
import { Button } from "@mantine/core";
import { Chip } from "#ui/chip.tsx";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { endSessions } from "./actions.ts";
import classes from "./session-list.module.css";

/** The viewer's sessions, with buttons to end them. */
export function SessionList({ sessions }: { readonly sessions: readonly SessionView[] }) {
  const { result, noResponse, isSending, form } = useFormAction(endSessions, null);
  const hasOthers = sessions.some(({ isCurrent }) => !isCurrent);
  return (
    <form {...form} className="stack">
      <FormError message={noResponse ?? (result?.kind === "refused" ? result.message : null)} />
      <ul className={`list ${classes["sessions"]}`}>
        {sessions.map(({ id, isCurrent, ipAddress, userAgent, dateCreated, dateLastUsed }) => (
          <li key={id}>
            <strong title={userAgent ?? undefined}>{browserName(userAgent)}</strong>
            <span className="soft">{ipAddress ?? "unknown IP address"}</span>
            <span className="soft">
              created <TimeAgo at={dateCreated} />, last used <TimeAgo at={dateLastUsed} />
            </span>
            {isCurrent ? (
              <Chip tone="ok">this session</Chip>
            ) : (
              <Button type="submit" name="session" value={id} variant="default" size="compact-xs" disabled={isSending}>
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {hasOthers && (
        <div>
          <Button type="submit" name="session" value="others" variant="default" loading={isSending}>
            Sign out of all other sessions
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

/** Returns the browser and system of a `User-Agent`: "Firefox on Linux"; for an unknown browser the beginning of the header. */
export function browserName(userAgent: string | null): string {
  if (!userAgent) return "Unknown browser";
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (!browser) return userAgent.length > 40 ? `${userAgent.slice(0, 40)}…` : userAgent;
  return system ? `${browser} on ${system}` : browser;
}

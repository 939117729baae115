"use client";

import { Button } from "@mantine/core";
import { CopyButton } from "../copy-button.tsx";
import dialog from "../dialog/dialog.module.css";
import { CommandBlock } from "../shell-lines.tsx";
import { TimeAgo } from "../time-ago.tsx";
import type { CreatedToken } from "./token-actions.ts";
import classes from "./token-shown.module.css";

/** A new token, the only time it can be seen: to copy, and as lines for a shell. */
export function NewToken({ shown, onClose }: { readonly shown: CreatedToken; readonly onClose: () => void }) {
  return (
    <div className={dialog["fields"]}>
      <output>
        Here is the token. It is shown <strong>only now</strong>: copy it before you close this.
        {shown.oldWorksUntil !== null && (
          <>
            {" "}
            The old one stops working <TimeAgo at={shown.oldWorksUntil} />; put this one in its place before that.
          </>
        )}
      </output>
      <div className={classes["token"]}>
        <code>{shown.token}</code>
        <CopyButton text={shown.token} what="the token">
          Copy
        </CopyButton>
      </div>
      <p className="soft">For sentry-cli, landfall and other clients in a shell:</p>
      <CommandBlock label="Settings for a shell" lines={shown.lines} />
      <div className={dialog["buttons"]}>
        <Button onClick={onClose}>I have copied it</Button>
      </div>
    </div>
  );
}

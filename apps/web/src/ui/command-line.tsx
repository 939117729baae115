import { CopyButton } from "./copy-download.tsx";
import classes from "./command-line.module.css";

/** A command to paste into a shell, with a button that copies it. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className={classes["line"]}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- to scroll long commands with the keyboard */}
      <code tabIndex={0}>{command}</code>
      <CopyButton text={command} what="the command" />
    </div>
  );
}

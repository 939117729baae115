import { IconDownload } from "@tabler/icons-react";
import classes from "./artifacts.module.css";

/** Saves something that was uploaded as a file. */
export function DownloadLink({ href, what }: { readonly href: string; readonly what: string }) {
  return (
    <a href={href} download className={classes["download"]} aria-label={`Download ${what}`} title={`Download ${what}`}>
      <IconDownload size={15} aria-hidden="true" />
    </a>
  );
}

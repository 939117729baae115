import classes from "./artifacts.module.css";

/** Says once why nothing can be downloaded by whoever looks. */
export function DownloadNote() {
  return (
    <p className={classes["note"]}>
      Whole files hold source code, so downloading and checking them is for admins, managers and owners. Stack traces you may resolve.
    </p>
  );
}

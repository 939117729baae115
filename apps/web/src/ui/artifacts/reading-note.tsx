import classes from "./artifacts.module.css";

/** Says once why nothing can be downloaded or resolved by whoever looks. */
export function ReadingNote() {
  return (
    <p className={classes["note"]}>
      You see what was uploaded, not what is in it: source maps hold source code, so downloads and resolved stack traces are for admins,
      managers and owners.
    </p>
  );
}

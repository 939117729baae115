import classes from "./change-type.module.css";

const LABELS: Readonly<Record<string, string>> = { A: "added", M: "modified", D: "deleted" };

/** How a commit changed a file: A for added, M for modified, D for deleted. */
export function ChangeType({ type }: { readonly type: string }) {
  return (
    <abbr className={classes["type"]} data-type={type} title={LABELS[type] ?? type}>
      {type}
    </abbr>
  );
}

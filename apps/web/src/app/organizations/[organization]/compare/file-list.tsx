import classes from "./comparison.module.css";

/** Files by repository, which is named once. */
export function FileList({ files }: { readonly files: readonly { readonly repository: string; readonly path: string }[] }) {
  return [...Map.groupBy(files, ({ repository }) => repository)].map(([repository, mine]) => (
    <div key={repository} className={classes["files"]}>
      <p className="soft">{repository}</p>
      <ul>
        {mine.map(({ path }) => (
          <li key={path} className="mono cut" title={path}>
            {path}
          </li>
        ))}
      </ul>
    </div>
  ));
}

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- options that are links: they open in a new tab as links do, and have two lines */
import { PageLink } from "../page-link.tsx";
import { optionId } from "./palette-line-id.ts";
import type { PaletteItem } from "./palette-groups.ts";
import classes from "./palette.module.css";

type PaletteOptionProps = { readonly choice: PaletteItem; readonly isCurrent: boolean; readonly onDone: () => void };

/** One line to choose. The focus stays in the field, which names the chosen line. */
export function PaletteOption({ choice, isCurrent, onDone }: PaletteOptionProps) {
  const { label, detail, isTold, keys, href } = choice;
  return (
    <PageLink
      id={optionId(choice)}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      href={href}
      className={classes["line"]}
      data-told={isTold}
      onClick={onDone}
    >
      <span className="cut">{label}</span>
      {detail && <span className={classes["detail"]}>{detail}</span>}
      {keys && (
        <span className={classes["keys"]} aria-hidden="true">
          {keys.split(" ").map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </PageLink>
  );
}

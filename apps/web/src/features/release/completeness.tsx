import { IconAlertCircle, IconCheck, IconCircleDashed } from "@tabler/icons-react";
import { CommandLine } from "#ui/command-line.tsx";
import { DismissibleDetails } from "#ui/dismissible-details.tsx";
import { type Check, completenessChecks } from "./completeness-checks.ts";
import classes from "./completeness.module.css";

/** What the release has and what is missing. A gap opens to show the commands that fix it. */
export function Completeness({ release }: { readonly release: Parameters<typeof completenessChecks>[0] }) {
  return (
    <ul className={classes["strip"]} aria-label="Completeness">
      {completenessChecks(release).map((check) => (
        <li key={check.name}>{check.gap ? <Gap {...check} gap={check.gap} /> : <Done {...check} />}</li>
      ))}
    </ul>
  );
}

function Done({ label }: Check) {
  return (
    <span className={classes["done"]}>
      <IconCheck size={14} aria-hidden="true" />
      {label}
    </span>
  );
}

function Gap({ label, gap }: Check & { readonly gap: NonNullable<Check["gap"]> }) {
  const Icon = gap.isOptional ? IconCircleDashed : IconAlertCircle;
  return (
    <DismissibleDetails
      name="gap"
      className={gap.isOptional ? `${classes["gap"]} ${classes["optional"]}` : classes["gap"]}
      summary={
        <>
          <Icon size={14} aria-hidden="true" />
          {label}
        </>
      }
    >
      <div>
        <p>{gap.why}</p>
        {gap.commands.map((command) => (
          <CommandLine key={command} command={command} />
        ))}
      </div>
    </DismissibleDetails>
  );
}

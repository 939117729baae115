import { IconAlertCircle, IconCheck, IconCircleDashed } from "@tabler/icons-react";
import { CommandLine } from "#ui/command-line.tsx";
import { DismissibleDetails } from "#ui/dismissible-details.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Check, completenessChecks } from "./completeness-checks.ts";
import classes from "./completeness.module.css";

type CompletenessProps = { readonly to: OrganizationUrls; readonly release: Parameters<typeof completenessChecks>[0] };

/** What the release has and what is missing. A gap opens to show the commands that fix it. */
export function Completeness({ to, release }: CompletenessProps) {
  return (
    <ul className={classes["strip"]} aria-label="Completeness">
      {completenessChecks(release).map((check) => (
        <li key={check.name}>{check.gap ? <Gap {...check} to={to} gap={check.gap} /> : <Done {...check} />}</li>
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

function Gap({ to, label, gap }: Check & Pick<CompletenessProps, "to"> & { readonly gap: NonNullable<Check["gap"]> }) {
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
        {gap.settings && <PageLink href={to.settings(gap.settings.segment)}>{gap.settings.label}</PageLink>}
      </div>
    </DismissibleDetails>
  );
}

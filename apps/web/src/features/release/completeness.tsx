import { IconAlertCircle, IconCheck, IconCircleDashed } from "@tabler/icons-react";
import { CommandLine } from "#ui/command-line.tsx";
import { DismissibleDetails } from "#ui/dismissible-details.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Check, completenessChecks } from "./completeness-checks.ts";
import classes from "./completeness.module.css";

type CompletenessProps = { readonly to: OrganizationUrls; readonly release: Parameters<typeof completenessChecks>[0] };

/** What is missing in the release, and a count of what it has. A gap opens to show the commands that fix it, the count to show its items. */
export function Completeness({ to, release }: CompletenessProps) {
  const checks = completenessChecks(release);
  const done = checks.filter(({ gap }) => !gap);
  return (
    <ul className={classes["strip"]} aria-label="Completeness">
      {checks.map(
        (check) =>
          check.gap && (
            <li key={check.name}>
              <Gap {...check} to={to} gap={check.gap} />
            </li>
          ),
      )}
      {done.length > 0 && (
        <li>
          <Done checks={done} total={checks.length} />
        </li>
      )}
    </ul>
  );
}

function Done({ checks, total }: { readonly checks: readonly Check[]; readonly total: number }) {
  return (
    <DismissibleDetails
      name="gap"
      className={`${classes["gap"]} ${classes["done"]}`}
      summary={
        <>
          <IconCheck size={14} aria-hidden="true" />
          {checks.length} of {total}
          <span className="unseen"> complete</span>
        </>
      }
    >
      <ul>
        {checks.map(({ name, label }) => (
          <li key={name}>
            <IconCheck size={14} aria-hidden="true" /> {label}
          </li>
        ))}
      </ul>
    </DismissibleDetails>
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

import { DAY } from "@landfall/domain/durations";
import { formatCount } from "@landfall/domain/format";
import type { ReleaseLineView, VersionScheme } from "@landfall/schema/releases/release-list";
import { IconAbc, IconCalendar, IconGitCommit, IconNumber123, IconTag, type TablerIcon } from "@tabler/icons-react";
import { Avatar, AvatarGroup } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { formatDay } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { ReleaseName } from "#ui/release-name.tsx";
import type { Column } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { filtersQuery, type ListFilters } from "./list-filters.ts";
import classes from "./release-columns.module.css";

/** The columns of the releases list. */
export function releaseColumns(to: OrganizationUrls, filters: ListFilters): readonly Column<ReleaseLineView>[] {
  const sorting = (sort: ListFilters["sort"]) => ({
    href: to.releases(filtersQuery({ ...filters, sort })),
    direction: filters.sort === sort ? ("descending" as const) : undefined,
  });
  return [
    {
      key: "version",
      head: "Version",
      sorting: sorting("semver"),
      grows: "whole",
      cell: (line) => <VersionCell line={line} href={to.release(line.version)} />,
    },
    {
      key: "projects",
      head: "Projects",
      hideBelow: "desktop",
      cell: (line) => <ProjectNames line={line} chosen={filters.projects} to={to} />,
    },
    { key: "environments", head: "Deployed to", cell: (line) => <DeployedTo line={line} chosen={filters.environments} to={to} /> },
    {
      key: "commits",
      head: "Commits",
      align: "end",
      hideBelow: "tablet",
      cell: ({ commitCount }) => (commitCount === 0 ? <span className="soft">0</span> : commitCount.toLocaleString("en")),
    },
    { key: "contributors", head: "Contributors", hideBelow: "desktop", cell: (line) => <ContributorAvatars line={line} /> },
    {
      key: "created",
      head: "Created",
      align: "end",
      sorting: sorting("date"),
      hideBelow: "phone",
      cell: ({ dateCreated }) => <TimeAgo at={dateCreated} />,
    },
    {
      key: "released",
      head: "Released",
      align: "end",
      hideBelow: "phone",
      cell: ({ dateReleased }) => (dateReleased ? <TimeAgo at={dateReleased} /> : <span className="soft">unreleased</span>),
    },
  ];
}

/** Groups releases by the day (UTC) they were created on. */
export const dayGroupOf =
  (now: Date) =>
  ({ dateCreated }: Pick<ReleaseLineView, "dateCreated">) => {
    const key = dateCreated.slice(0, 10);
    return {
      key,
      heading: (
        <time dateTime={key} title={`${formatDay(key, "weekday")} (UTC)`}>
          {dayName(key, now)}
        </time>
      ),
    };
  };

/** Names a day (UTC), "2026-01-31": "Today", "Yesterday", or "Sat, Jan 31, 2026". */
export function dayName(day: string, now: Date): string {
  const daysBefore = (days: number) => new Date(now.getTime() - days * DAY).toISOString().slice(0, 10);
  if (day === daysBefore(0)) return "Today";
  return day === daysBefore(1) ? "Yesterday" : formatDay(day, "weekday");
}

/** The columns of a project's releases. */
export const projectReleaseColumns = (to: OrganizationUrls): readonly Column<ReleaseLineView>[] => [
  { key: "version", head: "Version", grows: "whole", cell: (line) => <VersionCell line={line} href={to.release(line.version)} /> },
  { key: "environments", head: "Deployed to", hideBelow: "phone", cell: (line) => <DeployedTo line={line} chosen={[]} to={to} /> },
  { key: "commits", head: "Commits", align: "end", hideBelow: "tablet", cell: ({ commitCount }) => commitCount.toLocaleString("en") },
  { key: "contributors", head: "Contributors", hideBelow: "tablet", cell: (line) => <ContributorAvatars line={line} /> },
  { key: "created", head: "Created", align: "end", cell: ({ dateCreated }) => <TimeAgo at={dateCreated} /> },
];

/** The name of each version scheme, how it sorts, and its icon. */
const SCHEMES: Record<VersionScheme, readonly [name: string, description: string, Icon: TablerIcon]> = {
  semver: ["semver", "Sorted by version number", IconTag],
  calver: ["CalVer", "Numbered by date", IconCalendar],
  build: ["build", "Build number", IconNumber123],
  hash: ["commit", "A commit hash. Sorted by date only", IconGitCommit],
  text: ["name", "No version number in this name. Sorted by date only. Use names such as app@1.2.3 to sort by number", IconAbc],
};

/** A release's version, with a muted package and the icon of its scheme. */
function VersionCell({ line, href }: { readonly line: ReleaseLineView; readonly href: string }) {
  const [name, description, Icon] = SCHEMES[line.scheme];
  return (
    <span className={classes["name"]}>
      <span className={classes["scheme"]} title={`${name}. ${description}`}>
        <Icon size={14} stroke={1.75} aria-hidden="true" />
      </span>
      <PageLink href={href} data-open="" data-archived={line.status === "archived" || undefined}>
        <ReleaseName version={line.version} />
      </PageLink>
      <span className="unseen">{name}</span>
      {line.status === "archived" && <Chip title="Hidden from lists by default">archived</Chip>}
    </span>
  );
}

/** How many projects are named. */
const NAME_LIMIT = 2;

type ProjectNamesProps = {
  readonly line: ReleaseLineView;
  /** Slugs of the project filter, which come first. */
  readonly chosen: readonly string[];
  readonly to: OrganizationUrls;
};

/** The first projects of a release, and how many more there are. */
function ProjectNames({ line: { projects, projectCount }, chosen, to }: ProjectNamesProps) {
  const shown = projects.toSorted((a, b) => Number(chosen.includes(b.slug)) - Number(chosen.includes(a.slug))).slice(0, NAME_LIMIT);
  const more = projectCount - shown.length;
  return (
    <span
      className={classes["names"]}
      title={`${projects.map(({ name }) => name).join(", ")}${projectCount > projects.length ? " …" : ""}`}
    >
      {shown.map(({ slug }, index) => (
        <span key={slug}>
          <PageLink href={to.project(slug)} className={classes["shrinks"]}>
            {slug}
          </PageLink>
          {index < shown.length - 1 && ","}
        </span>
      ))}
      {more > 0 && <small className="soft">+{more}</small>}
    </span>
  );
}

/** How many environments have a chip, from the widest screen to the narrowest. */
const CHIP_COUNTS = [4, 3, 2, 1];

const CHIP_LIMIT = Math.max(...CHIP_COUNTS);

type DeployedToProps = {
  readonly line: ReleaseLineView;
  /** Names of the environment filter, which come first. */
  readonly chosen: readonly string[];
  readonly to: OrganizationUrls;
};

/** The environments a release was deployed to, each with the time of the last deploy; those where it is current are marked. */
function DeployedTo({ line: { environments }, chosen, to }: DeployedToProps) {
  if (environments.length === 0) return <span className="soft">not deployed yet</span>;
  const inOrder = environments.toSorted((a, b) => Number(chosen.includes(b.name)) - Number(chosen.includes(a.name)));
  return (
    <span className={classes["environments"]}>
      {inOrder.slice(0, CHIP_LIMIT).map(({ name, dateFinished, projects, isCurrent }) => (
        <PageLink key={name} href={to.environment(name)} data-current={isCurrent || undefined}>
          <Chip
            tone={isCurrent ? "ok" : "plain"}
            title={`${isCurrent ? "Current" : "No longer current"} in ${name}. Deployed for ${formatCount(projects, "project")}`}
          >
            {isCurrent && <span className="unseen">current in</span>}
            <span className={classes["shrinks"]}>{name}</span> <TimeAgo at={dateFinished} format="chip" />
          </Chip>
        </PageLink>
      ))}
      {CHIP_COUNTS.map((count) => {
        const rest = inOrder.slice(count);
        if (rest.length === 0) return null;
        return (
          <small
            key={count}
            data-chips={count}
            className="soft"
            title={rest.map(({ name, dateFinished }) => `${name}: ${dateFinished}`).join("\n")}
          >
            +{rest.length}
          </small>
        );
      })}
    </span>
  );
}

/** How many people are shown. */
const AVATAR_LIMIT = 4;

/** The contributors of a release: people first, then one avatar for all bots. */
function ContributorAvatars({ line: { people, peopleCount } }: { readonly line: ReleaseLineView }) {
  const persons = people.filter(({ isBot }) => !isBot);
  const bots = people.filter(({ isBot }) => isBot);
  const [bot] = bots;
  const more = peopleCount - people.length + Math.max(0, persons.length - AVATAR_LIMIT);
  return (
    <span className={classes["contributors"]}>
      <AvatarGroup people={persons.slice(0, AVATAR_LIMIT)} most={AVATAR_LIMIT} />
      {more > 0 && <small className="soft">+{more}</small>}
      {bot && (
        <span className={classes["bots"]} title={`Bots: ${bots.map(({ name, email }) => name ?? email).join(", ")}`}>
          <Avatar {...bot} />
          <span className="unseen">{`and ${formatCount(bots.length, "bot")}`}</span>
        </span>
      )}
    </span>
  );
}

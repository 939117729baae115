import type { ReleaseLineView, VersionScheme } from "@landfall/schema/releases/release-list";
import { IconAbc, IconCalendar, IconGitCommit, IconNumber123, IconTag, type TablerIcon } from "@tabler/icons-react";
import { Avatar, AvatarGroup } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import type { Column } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { filtersQuery, type ListFilters } from "./list-filters.ts";
import classes from "./release-columns.module.css";

const NUMBER = new Intl.NumberFormat("en");

/** A release in one line. */
export function releaseColumns(to: OrganizationUrls, address: ListFilters): readonly Column<ReleaseLineView>[] {
  const sorting = (sort: ListFilters["sort"]) => ({
    href: to.releases(filtersQuery({ ...address, sort })),
    ...(address.sort === sort ? { direction: "descending" as const } : {}),
  });
  return [
    {
      key: "version",
      head: "Version",
      sorting: sorting("semver"),
      grows: true,
      cell: (line) => <ReleaseName line={line} href={to.release(line.version)} />,
    },
    {
      key: "projects",
      head: "Projects",
      hideBelow: "tablet",
      cell: (line) => <ProjectNames line={line} chosen={address.projects} to={to} />,
    },
    { key: "environments", head: "Deployed to", cell: (line) => <DeployedTo line={line} chosen={address.environments} to={to} /> },
    {
      key: "commits",
      head: "Commits",
      align: "end",
      hideBelow: "tablet",
      cell: ({ commitCount }) => (commitCount === 0 ? <span className="soft">0</span> : NUMBER.format(commitCount)),
    },
    { key: "authors", head: "Authors", hideBelow: "tablet", cell: (line) => <ContributorAvatars line={line} /> },
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

/** A release of one project in a line. */
export const projectReleaseColumns = (to: OrganizationUrls): readonly Column<ReleaseLineView>[] => [
  { key: "version", head: "Version", grows: true, cell: (line) => <ReleaseName line={line} href={to.release(line.version)} /> },
  { key: "environments", head: "Deployed to", hideBelow: "phone", cell: (line) => <DeployedTo line={line} chosen={[]} to={to} /> },
  { key: "commits", head: "Commits", align: "end", hideBelow: "tablet", cell: ({ commitCount }) => commitCount.toLocaleString("en") },
  { key: "authors", head: "Authors", hideBelow: "tablet", cell: (line) => <ContributorAvatars line={line} /> },
  { key: "created", head: "Created", align: "end", cell: ({ dateCreated }) => <TimeAgo at={dateCreated} /> },
];

/** The name of a way of numbering, what it means for the order of the list, and its picture. */
const SCHEMES: Record<VersionScheme, readonly [name: string, meaning: string, Picture: TablerIcon]> = {
  semver: ["semver", "A version number: sorted by it", IconTag],
  calver: ["CalVer", "Numbered by date", IconCalendar],
  build: ["build", "A running number", IconNumber123],
  hash: ["commit", "The hash of a commit: sorted by date only", IconGitCommit],
  text: ["name", "No version number is read from this name: sorted by date only. Numbers are read from names such as app@1.2.3", IconAbc],
};

/** A release's version with the package kept quiet, cut where there is no room, and how it is numbered. */
function ReleaseName({ line, href }: { readonly line: ReleaseLineView; readonly href: string }) {
  const [name, meaning, Picture] = SCHEMES[line.scheme];
  const version = line.package === null ? line.description : line.description.replace(`${line.package}@`, "");
  return (
    <span className={classes["name"]}>
      <span className={classes["scheme"]} title={`${name}. ${meaning}`}>
        <Picture size={14} stroke={1.75} aria-hidden="true" />
      </span>
      <PageLink href={href} data-open="" title={line.version} data-archived={line.status === "archived" || undefined}>
        {line.package !== null && <small>{line.package}@</small>}
        <span>{version}</span>
      </PageLink>
      <span className="unseen">{name}</span>
      {line.status === "archived" && <Chip title="Left out of lists unless asked for">archived</Chip>}
    </span>
  );
}

/** How many are named. */
const NAME_LIMIT = 2;

type ProjectNamesProps = {
  readonly line: ReleaseLineView;
  /** Slugs the list is filtered by: they are named first. */
  readonly chosen: readonly string[];
  readonly to: OrganizationUrls;
};

/** The projects of a release, some of them by name. */
function ProjectNames({ line: { projects, projectCount }, chosen, to }: ProjectNamesProps) {
  const named = projects.toSorted((a, b) => Number(chosen.includes(b.slug)) - Number(chosen.includes(a.slug))).slice(0, NAME_LIMIT);
  const more = projectCount - named.length;
  return (
    <span
      className={classes["names"]}
      title={`${projects.map(({ name }) => name).join(", ")}${projectCount > projects.length ? " …" : ""}`}
    >
      {named.map(({ slug }, index) => (
        <span key={slug}>
          <PageLink href={to.project(slug)} className="cut">
            {slug}
          </PageLink>
          {index < named.length - 1 && ","}
        </span>
      ))}
      {more > 0 && <small className="soft">+{more}</small>}
    </span>
  );
}

/** How many have a chip, where there is the most room and where there is less. */
const CHIP_LIMIT = 4;

const CHIP_COUNTS = [4, 3, 2, 1];

type DeployedToProps = {
  readonly line: ReleaseLineView;
  /** Environments the list is filtered by: they come first. */
  readonly chosen: readonly string[];
  readonly to: OrganizationUrls;
};

/** Every environment a release was deployed to, each with when it last was; those it is in now are marked. */
function DeployedTo({ line: { environments }, chosen, to }: DeployedToProps) {
  if (environments.length === 0) return <span className="soft">nowhere yet</span>;
  const inOrder = environments.toSorted((a, b) => Number(chosen.includes(b.name)) - Number(chosen.includes(a.name)));
  return (
    <span className={classes["environments"]}>
      {inOrder.slice(0, CHIP_LIMIT).map(({ name, dateFinished, projects, isCurrent }) => (
        <PageLink key={name} href={to.environment(name)} data-current={isCurrent || undefined}>
          <Chip
            tone={isCurrent ? "ok" : "plain"}
            title={`${name}: ${isCurrent ? "it is there now" : "something else was deployed since"}; deployed for ${projects === 1 ? "one project" : `${projects} projects`}`}
          >
            {isCurrent && <span className="unseen">now in</span>}
            <span className="cut">{name}</span> <TimeAgo at={dateFinished} />
          </Chip>
        </PageLink>
      ))}
      {CHIP_COUNTS.map((room) => {
        const rest = inOrder.slice(room);
        if (rest.length === 0) return null;
        return (
          <small
            key={room}
            data-room={room}
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

/** How many people have a face. */
const AVATAR_LIMIT = 4;

/** Who wrote a release's commits: people first, and apart from them that programs did too. */
function ContributorAvatars({ line: { people, peopleCount } }: { readonly line: ReleaseLineView }) {
  const persons = people.filter(({ isBot }) => !isBot);
  const bots = people.filter(({ isBot }) => isBot);
  const [bot] = bots;
  const more = peopleCount - people.length + Math.max(0, persons.length - AVATAR_LIMIT);
  return (
    <span className={classes["authors"]}>
      <AvatarGroup people={persons.slice(0, AVATAR_LIMIT)} most={AVATAR_LIMIT} />
      {more > 0 && <small className="soft">+{more}</small>}
      {bot && (
        <span className={classes["bots"]} title={`Programs: ${bots.map(({ name, email }) => name ?? email).join(", ")}`}>
          <Avatar {...bot} />
          <span className="unseen">{bots.length === 1 ? "and a program" : `and ${bots.length} programs`}</span>
        </span>
      )}
    </span>
  );
}

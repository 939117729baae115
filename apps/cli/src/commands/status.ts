import { formatRelease } from "@landfall/domain/versions/release-name";
import { type Outputs, walkPages } from "@landfall/client/create-client";
import { driftText } from "@landfall/domain/environments/drift-text";
import { collect, optionalProjects, requireOrganization } from "../command/arguments.ts";
import { command, repeated, text } from "../command/command.ts";
import { shortDate, table } from "../terminal/format.ts";

type Board = Outputs["board"]["get"];
type Row = Board["items"][number];
type Cell = Row["cells"][number];

/** Shows which release runs in each environment of each project. */
export const status = command({
  describe: "show which release runs in each environment, since when, and how far it is behind",
  details: `Lists all projects, or those selected with -p, with environments in the order of the organization. BEHIND counts the commits and days up to the newest release
of the same package that runs in another environment of the project.`,
  arguments: { environment: text("[environment]", "only this environment") },
  examples: ["status", "status production", "status -p web --json"],
  async run(context, { environment }): Promise<Row[]> {
    const organization = requireOrganization(context);
    const projects = optionalProjects(context);
    const project = projects.length > 0 ? projects : undefined;
    // Drift is measured against all environments, so that a single one is selected from the result.
    const rows = await collect(walkPages((cursor) => context.client.board.get.query({ organization, project, cursor })));
    if (environment === undefined) return rows;
    const given = { organization, project, environment };
    // The default columns leave out hidden environments, and all but the most used ones.
    const isListed = rows.some(({ cells }) => cells.some((cell) => cell.environment === environment));
    const found = isListed ? rows : await collect(walkPages((cursor) => context.client.board.get.query({ ...given, cursor })));
    return found.map((row) => ({ ...row, cells: row.cells.filter((cell) => cell.environment === environment) }));
  },
  print: (rows, paint) =>
    table(
      ["PROJECT", "ENVIRONMENT", "VERSION", "DEPLOYED", "BY", "BEHIND"],
      rows.flatMap(({ project, cells }) =>
        cells.length === 0 ? [[project.slug, "-", "not deployed yet", "-", "-", "-"]] : cells.map((cell) => line(project, cell)),
      ),
      paint,
      "No projects.",
    ),
});

const line = ({ slug }: Row["project"], { environment, release, deploy, drift, isRolledBack }: Cell): string[] => [
  slug,
  environment,
  `${formatRelease(release.version)}${isRolledBack ? " (rolled back)" : ""}`,
  shortDate(deploy.dateFinished),
  deploy.deployer?.name ?? deploy.deployer?.email ?? "-",
  drift === null ? "-" : `${driftText(drift, environment).short} ${drift.environment}`,
];

type Environment = Outputs["environments"]["list"]["items"][number];

/** Lists the environments of the organization, or of one project. */
export const listEnvironments = command({
  describe: "list the environments that releases were deployed to",
  details: "With -p, those of the project. Hidden environments are listed, and marked.",
  examples: ["environments list", "environments list -p web --json"],
  async run(context): Promise<Environment[]> {
    const organization = requireOrganization(context);
    const { list, listInProject } = context.client.environments;
    const projects = optionalProjects(context);
    const visibility = "all" as const;
    if (projects.length === 0) return collect(walkPages((cursor) => list.query({ organization, visibility, cursor })));
    const lists = await Promise.all(
      projects.map((project) => collect(walkPages((cursor) => listInProject.query({ organization, project, visibility, cursor })))),
    );
    return [...new Map(lists.flat().map((environment) => [environment.id, environment])).values()];
  },
  print: (environments, paint) =>
    table(
      ["NAME", "STATE", "ID"],
      environments.map(({ name, isHidden, id }) => [name, isHidden ? "hidden" : "shown", id]),
      paint,
      "No environments. Record a deploy with `landfall deploys new`.",
    ),
});

/** Sets the order in which the organization's environments are shown. */
export const orderEnvironments = command({
  describe: "set the order of environments on the board, in lists, and here",
  details: "The given environments come first, all others after them, production first. Without any, all have the default order again.",
  arguments: { environments: repeated("[environment...]", "the names of environments, first to last") },
  examples: ["environments order production canary staging", "environments order"],
  writes: true,
  async run(context, { environments }): Promise<{ environments: string[] } | undefined> {
    const input = { organization: requireOrganization(context), environments: [...environments] };
    return context.write("environments.setOrder", input, (sent) => context.client.environments.setOrder.mutate(sent));
  },
  print: ({ environments }) => (environments.length === 0 ? "Set the default order" : `Ordered ${environments.join(", ")}`),
});

import type { Outputs, Release } from "@landfall/client/create-client";
import { isLandfallError } from "@landfall/client/landfall-error";
import type { Context } from "../command/context.ts";
import { CliError } from "../system/errors.ts";

type NewRelease = {
  readonly organization: string;
  readonly version: string;
  readonly projects: readonly string[];
  readonly ref?: string | undefined;
  readonly url?: string | undefined;
};

type Created = Outputs["releases"]["create"];

/**
 * Creates a release or adds it to its projects. Projects that do not exist are created if `createsProjects` is set or the user agrees in a
 * terminal. Returns undefined in a dry run. @throws CliError `input` if projects do not exist and are not to be created.
 */
export async function createRelease(context: Context, release: NewRelease, createsProjects: boolean): Promise<Created | undefined> {
  if (context.isDryRun && createsProjects) await createProjects(context, release, await findMissingProjects(context, release));
  try {
    return await send(context, release);
  } catch (error) {
    const missing = rejectsProjects(error) ? await findMissingProjects(context, release) : [];
    if (missing.length === 0) throw error;
    const isAllowed = createsProjects || (await context.runtime.confirm(`${sentenceOf(missing, release)} Create?`));
    if (!isAllowed) {
      throw new CliError(
        "input",
        sentenceOf(missing, release),
        "Use --create-project to create it, or -p with an existing project. `landfall projects list` shows the projects.",
      );
    }
    await createProjects(context, release, missing);
    return send(context, release);
  }
}

/** Returns a release; null if it does not exist. */
export const findRelease = ({ client }: Context, at: Pick<NewRelease, "organization" | "version">): Promise<Release | null> =>
  client.releases.get.query(at).catch(nullIfMissing);

/** For `catch`: returns null for `not_found`, and throws all other errors. */
export function nullIfMissing(error: unknown): null {
  if (isLandfallError(error) && error.code === "not_found") return null;
  throw error;
}

const send = (context: Context, { projects, ...release }: NewRelease): Promise<Created | undefined> =>
  context.write("releases.create", { ...release, projects: [...projects] }, (input) => context.client.releases.create.mutate(input));

const rejectsProjects = (error: unknown): boolean =>
  isLandfallError(error) && error.code === "invalid" && error.issues.some(({ path }) => path[0] === "projects");

/** Returns the projects that do not exist. A project that the token cannot access is not one of them. */
async function findMissingProjects({ client }: Context, { organization, projects }: NewRelease): Promise<string[]> {
  const missing: string[] = [];
  for (const project of projects) {
    if ((await client.projects.get.query({ organization, project }).catch(nullIfMissing)) === null) missing.push(project);
  }
  return missing;
}

async function createProjects(context: Context, { organization }: NewRelease, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) {
    await context.write("projects.create", { organization, name: slug, slug }, (input) => context.client.projects.create.mutate(input));
    context.info(`${context.isDryRun ? "Would create" : "Created"} project ${slug}.`);
  }
}

const sentenceOf = (missing: readonly string[], { organization }: NewRelease): string =>
  missing.length === 1
    ? `Project ${missing.join("")} does not exist in organization ${organization}.`
    : `Projects ${missing.join(", ")} do not exist in organization ${organization}.`;

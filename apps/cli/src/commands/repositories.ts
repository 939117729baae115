import { type Outputs, walkPages } from "@landfall/client/create-client";
import { collect, requireOrganization } from "../command/arguments.ts";
import { command, required, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { CliError } from "../system/errors.ts";
import { table } from "../terminal/format.ts";

type Repository = Outputs["repositories"]["list"]["items"][number];

/** Lists the repositories of commits. */
export const listRepositories = command({
  describe: "list the repositories of reported commits",
  arguments: { query: text("[query]", "part of the name") },
  examples: ["repos list", "repos list acme/ --json"],
  async run(context, { query }): Promise<Repository[]> {
    const organization = requireOrganization(context);
    return collect(walkPages((cursor) => context.client.repositories.list.query({ organization, query, cursor })));
  },
  print: (repositories, paint) =>
    table(
      ["NAME", "STATUS", "URL", "ID"],
      repositories.map(({ name, status, url, id }) => [name, status, url ?? "-", id]),
      paint,
      "No repositories.",
    ),
});

type Edited = Outputs["repositories"]["edit"];

/** Sets the URL that the links to commits, pull requests, and files of a repository are made from. */
export const setRepositoryUrl = command({
  describe: "set the URL of a repository, which its commits, pull requests, and files link to",
  details: `The URL of a web page or of a git remote; an empty one removes it. \`ship\` and \`releases set-commits\` report the URL
of the git remote too, which the server stores if the repository has no URL.`,
  arguments: {
    name: required("<name>", "the name, as shown by `repos list`"),
    url: required("<url>", "the URL, such as https://git.example.com/acme/web"),
  },
  examples: ["repos set-url acme/web https://git.example.com/acme/web", "repos set-url acme/api git@git.example.com:acme/api.git"],
  writes: true,
  async run(context, { name, url }): Promise<Edited | undefined> {
    const organization = requireOrganization(context);
    const repository = await findRepository(context, organization, name);
    const input = { organization, repository, url };
    return context.write("repositories.edit", input, (sent) => context.client.repositories.edit.mutate(sent));
  },
  print: ({ name, url }) => (url === null ? `Removed the URL of ${name}` : `Set the URL of ${name} to ${url}`),
});

/** Returns the id of a repository. @throws CliError `notFound` if none has this name. */
async function findRepository({ client }: Context, organization: string, name: string): Promise<string> {
  const named = walkPages((cursor) => client.repositories.list.query({ organization, query: name, cursor }));
  for await (const repository of named) if (repository.name === name) return repository.id;
  throw new CliError("notFound", `No repository is named ${name}.`, "`landfall repos list` shows the repositories.");
}

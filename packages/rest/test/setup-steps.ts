import { as, at, put, type Step } from "./steps.ts";
import { given } from "./stored-steps.ts";

/** Creates a release of the given projects, by default of foo. */
export const release = (version: string, ...projects: string[]): Step =>
  as("manager")
    .post("O/releases/", { version, projects: projects.length > 0 ? projects : ["foo"] })
    .returns(201);

/** Moves the clock and creates a release. */
export const releaseOn =
  (date: string, version: string, ...projects: string[]): Step =>
  async (on) => {
    await at(date)(on);
    await release(version, ...projects)(on);
  };

/** Finalizes a release. */
export const finalize = (version: string, dateReleased: string): Step =>
  as("manager")
    .put(`O/releases/${encodeURIComponent(version)}/`, { dateReleased })
    .returns(200, { version });

/** Archives a release. */
export const archive = (version: string): Step => put(`O/releases/${encodeURIComponent(version)}/`, { status: "archived" }).returns(200);

/** A repository that no commit has named. */
export const repository = (name: string, options: { externalId?: string; status?: string } = {}): Step =>
  given((rows, on) => rows.repository(on.organization.id, name, options));

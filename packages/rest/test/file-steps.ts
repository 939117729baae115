import { expect } from "vitest";
import { as, type Call, type Step } from "./steps.ts";
import { formOf, sha1 } from "./upload-form.ts";
import type { ScenarioContext } from "./scenario-context.ts";

export const FILES = "O/releases/1/files/";
export const PROJECT_FILES = "P/foo/releases/1/files/";

export const send = (raw: FormData, path = FILES): Call => as("manager").call("POST", path, { raw });

/** A file of the release 1, called `name`. */
export const file = (name: string, content: string, dist?: string): Step =>
  send(
    formOf(["file", content, "x.js", "application/javascript"], ["name", name], ...(dist === undefined ? [] : ([["dist", dist]] as const))),
  ).returns(201);

/** The id of the file called `name`, encoded for a path. */
export async function idOf({ wire, organization, token }: ScenarioContext, name: string): Promise<string> {
  const { body } = await wire.get(`/organizations/${organization.slug}/releases/1/files/`, { token: await token("manager") });
  const found = Array.isArray(body) ? body.find((one) => one.name === name) : undefined;
  if (!found) throw new Error(`there is no file ${name}`);
  return encodeURIComponent(found.id);
}

/** A step for one file; it gets the file's path. */
export const withFile =
  (name: string, step: (path: string) => Step): Step =>
  async (on) =>
    step(`${FILES}${await idOf(on, name)}/`)(on);

/** A complete download (contract 8.3). */
export const downloads =
  (path: string, content: string, filename: string, type = "application/octet-stream"): Step =>
  async (on) => {
    await as("manager")
      .get(`${path}?download=1`)
      .returns(200)
      .headers({
        "Content-Type": type,
        "Content-Length": String(Buffer.byteLength(content)),
        "Content-Disposition": `attachment; filename="${filename}"`,
        ETag: `"${sha1(content)}"`,
        "X-Content-Type-Options": "nosniff",
      })(on);
    await textOf({}, content)(path)(on);
  };

/** The text of a download. */
export const textOf =
  (headers: Record<string, string>, content: string) =>
  (path: string): Step =>
  async ({ wire, organization, token }) => {
    const target = path.replace(/^O\//, `/organizations/${organization.slug}/`);
    const { text } = await wire.get(`${target}?download=1`, { token: await token("manager"), headers });
    expect(text).toBe(content);
  };

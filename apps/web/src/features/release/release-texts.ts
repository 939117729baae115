import { RELEASE_TEXTS, type ReleaseText } from "@landfall/schema/constants";

/** The labels of the optional texts of a release, and their descriptions in the edit dialog. */
const LABELS: Readonly<Record<ReleaseText, { readonly label: string; readonly description: string }>> = {
  ref: { label: "Ref", description: "Branch, tag, or commit the release was built from" },
  url: { label: "URL", description: "A link to more about the release, such as https://…" },
};

/** An optional text of a release on pages. */
export type ReleaseTextField = {
  readonly name: ReleaseText;
  readonly label: string;
  readonly description: string;
  readonly value: string | null;
};

/** Returns the optional texts of a release in the order in which pages show them. */
export const releaseTextFields = (release: Readonly<Record<ReleaseText, string | null>>): ReleaseTextField[] =>
  RELEASE_TEXTS.map((name) => ({ name, ...LABELS[name], value: release[name] }));

/** The label of each optional text. */
export const RELEASE_TEXT_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  RELEASE_TEXTS.map((name) => [name, LABELS[name].label]),
);

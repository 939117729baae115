import type { SampleStep } from "./history.ts";
import { after, HOUR } from "./plan-times.ts";

const MAX_NOTES = 6;

/** Notes somebody wrote about some of the last releases that reached production, a while after. */
export function planNotes(steps: readonly SampleStep[], end: Date): SampleStep[] {
  const shipped = steps
    .filter((step) => step.kind === "deploy" && step.environment === "production" && step.name !== "Roll back")
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
  return shipped
    .filter((_, index) => index % 3 === 0)
    .slice(0, MAX_NOTES)
    .map(({ at, by, project, version }) => ({
      kind: "notes" as const,
      at: after(at, HOUR),
      by,
      project,
      version,
      markdown: [
        `# ${version}`,
        "",
        "A calm release. Nothing has to be done before or after it.",
        "",
        "## Worth knowing",
        "",
        "- The slow page of last week is fast again.",
        "- **Support**: the new texts are in the handbook, in all languages.",
        "",
      ].join("\n"),
    }))
    .filter(({ at }) => at < end);
}

/** What commits of a type say they did, with `{}` for what they did it to; how often the type is seen; and which files it changes. */
export const SUBJECTS = {
  feat: {
    weight: 30,
    files: "code",
    texts: [
      "add {}",
      "show {} in the overview",
      "let people choose {}",
      "remember {} between visits",
      "import {} from a file",
      "announce {} to screen readers",
      "limit {} by team",
    ],
  },
  fix: {
    weight: 34,
    files: "code",
    texts: [
      "keep {} when the connection drops",
      "do not count {} twice",
      "show {} after midnight UTC",
      "stop asking for {} again",
      "handle {} without a name",
      "escape {} in addresses",
      "wait for {} before leaving the page",
    ],
  },
  perf: { weight: 6, files: "code", texts: ["load {} on demand", "cache {} for a minute", "halve the queries behind {}"] },
  refactor: { weight: 10, files: "code", texts: ["move {} into a module of its own", "name {} alike everywhere", "split {} in two"] },
  docs: { weight: 6, files: "text", texts: ["explain {}", "add an example of {}", "correct the steps for {}"] },
  test: {
    weight: 7,
    files: "tests",
    texts: ["cover {} with property tests", "stop {} from failing on Sundays", "test {} with two time zones"],
  },
  ci: { weight: 3, files: "build", texts: ["cache the build of {}", "run the checks of {} in parallel"] },
  build: { weight: 2, files: "build", texts: ["leave {} out of the bundle"] },
} as const;

export type CommitType = keyof typeof SUBJECTS;

/** What programs keep up to date. */
export const DEPENDENCIES = ["vite", "undici", "zod", "pino", "sharp", "postgres", "playwright", "typescript", "eslint", "react"] as const;

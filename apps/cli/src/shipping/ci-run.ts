import type { Runtime } from "../system/runtime.ts";

/** The CI run that this process is part of. */
export type CiRun = {
  /** The tag that is built; null if it is not a tag build. */
  readonly tag: string | null;
  readonly commit: string | null;
  /** The CI system and the id of the run. A rerun has the same name. */
  readonly name: string | null;
  /** The URL of the run's page. */
  readonly url: string | null;
};

type Read = (name: string) => string | null;

type System = {
  /** A variable that only this system sets. */
  readonly variable: string;
  readonly name: string;
  readonly read: (get: Read) => { tag?: string | null; commit?: string | null; run?: string | null; url?: string | null };
};

/** Not `env-ci`: it reports no tag on GitHub, a build number per job instead of per run on CircleCI, and it runs git. */
const SYSTEMS: readonly System[] = [
  {
    variable: "GITHUB_ACTIONS",
    name: "GitHub",
    read: (get) => ({
      tag: get("GITHUB_REF_TYPE") === "tag" ? get("GITHUB_REF_NAME") : null,
      commit: get("GITHUB_SHA"),
      run: get("GITHUB_RUN_ID"),
      url: joined([get("GITHUB_SERVER_URL"), get("GITHUB_REPOSITORY"), "actions", "runs", get("GITHUB_RUN_ID")]),
    }),
  },
  {
    variable: "GITLAB_CI",
    name: "GitLab",
    read: (get) => ({ tag: get("CI_COMMIT_TAG"), commit: get("CI_COMMIT_SHA"), run: get("CI_PIPELINE_ID"), url: get("CI_PIPELINE_URL") }),
  },
  {
    variable: "CIRCLECI",
    name: "CircleCI",
    read: (get) => ({
      tag: get("CIRCLE_TAG"),
      commit: get("CIRCLE_SHA1"),
      run: get("CIRCLE_PIPELINE_ID") ?? get("CIRCLE_WORKFLOW_ID"),
      url: get("CIRCLE_BUILD_URL"),
    }),
  },
  {
    variable: "BUILDKITE",
    name: "Buildkite",
    read: (get) => ({
      tag: get("BUILDKITE_TAG"),
      commit: get("BUILDKITE_COMMIT"),
      run: get("BUILDKITE_BUILD_NUMBER"),
      url: get("BUILDKITE_BUILD_URL"),
    }),
  },
  {
    variable: "BITBUCKET_BUILD_NUMBER",
    name: "Bitbucket",
    read: (get) => ({ tag: get("BITBUCKET_TAG"), commit: get("BITBUCKET_COMMIT"), run: get("BITBUCKET_BUILD_NUMBER") }),
  },
  {
    variable: "TF_BUILD",
    name: "Azure",
    read: (get) => ({
      tag: /^refs\/tags\/(.+)$/.exec(get("BUILD_SOURCEBRANCH") ?? "")?.[1] ?? null,
      commit: get("BUILD_SOURCEVERSION"),
      run: get("BUILD_BUILDNUMBER"),
    }),
  },
  {
    variable: "JENKINS_URL",
    name: "Jenkins",
    read: (get) => ({ tag: get("TAG_NAME"), commit: get("GIT_COMMIT"), run: get("BUILD_TAG"), url: get("BUILD_URL") }),
  },
  {
    variable: "TRAVIS",
    name: "Travis",
    read: (get) => ({
      tag: get("TRAVIS_TAG"),
      commit: get("TRAVIS_COMMIT"),
      run: get("TRAVIS_BUILD_NUMBER"),
      url: get("TRAVIS_BUILD_WEB_URL"),
    }),
  },
  {
    variable: "DRONE",
    name: "Drone",
    read: (get) => ({
      tag: get("DRONE_TAG"),
      commit: get("DRONE_COMMIT_SHA"),
      run: get("DRONE_BUILD_NUMBER"),
      url: get("DRONE_BUILD_LINK"),
    }),
  },
  {
    variable: "TEAMCITY_VERSION",
    name: "TeamCity",
    read: (get) => ({ commit: get("BUILD_VCS_NUMBER"), run: get("BUILD_NUMBER") }),
  },
  {
    variable: "HEROKU_SLUG_COMMIT",
    name: "Heroku",
    read: (get) => ({ commit: get("HEROKU_SLUG_COMMIT"), run: get("HEROKU_RELEASE_VERSION") }),
  },
  { variable: "VERCEL", name: "Vercel", read: (get) => ({ commit: get("VERCEL_GIT_COMMIT_SHA"), run: get("VERCEL_DEPLOYMENT_ID") }) },
  {
    variable: "NETLIFY",
    name: "Netlify",
    read: (get) => ({ commit: get("COMMIT_REF"), run: get("DEPLOY_ID") }),
  },
  {
    variable: "CODEBUILD_BUILD_ID",
    name: "CodeBuild",
    read: (get) => ({ commit: get("CODEBUILD_RESOLVED_SOURCE_VERSION"), run: get("CODEBUILD_BUILD_NUMBER") }),
  },
];

/** Detects the CI run by its environment variables; null outside CI. */
export function ciRun({ env }: Pick<Runtime, "env">): CiRun | null {
  const get: Read = (name) => env[name]?.trim() || null;
  const system = SYSTEMS.find(({ variable }) => get(variable) !== null);
  if (!system) return null;
  const { tag = null, commit = null, run = null, url = null } = system.read(get);
  return { tag, commit, name: run === null ? null : `${system.name} ${run}`, url };
}

/** Joins the parts of a URL; null if one is missing. */
const joined = (parts: readonly (string | null)[]): string | null => (parts.includes(null) ? null : parts.join("/"));

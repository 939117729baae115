import type { World } from "../system/world.ts";

/** The run of a CI system that this program is a part of. */
export type CiRun = {
  /** The tag that is being built, if it is one. */
  readonly tag: string | null;
  readonly commit: string | null;
  /** The run's own name, the same when it is run again. */
  readonly name: string | null;
  /** Where people can look at it. */
  readonly url: string | null;
};

type Read = (name: string) => string | null;

type System = {
  /** The variable that only this system sets. */
  readonly sign: string;
  readonly name: string;
  readonly read: (get: Read) => { tag?: string | null; commit?: string | null; run?: string | null; url?: string | null };
};

const SYSTEMS: readonly System[] = [
  {
    sign: "GITHUB_ACTIONS",
    name: "GitHub",
    read: (get) => ({
      tag: get("GITHUB_REF_TYPE") === "tag" ? get("GITHUB_REF_NAME") : null,
      commit: get("GITHUB_SHA"),
      run: get("GITHUB_RUN_ID"),
      url: joined([get("GITHUB_SERVER_URL"), get("GITHUB_REPOSITORY"), "actions", "runs", get("GITHUB_RUN_ID")]),
    }),
  },
  {
    sign: "GITLAB_CI",
    name: "GitLab",
    read: (get) => ({ tag: get("CI_COMMIT_TAG"), commit: get("CI_COMMIT_SHA"), run: get("CI_PIPELINE_ID"), url: get("CI_PIPELINE_URL") }),
  },
  {
    sign: "CIRCLECI",
    name: "CircleCI",
    read: (get) => ({
      tag: get("CIRCLE_TAG"),
      commit: get("CIRCLE_SHA1"),
      run: get("CIRCLE_PIPELINE_ID") ?? get("CIRCLE_WORKFLOW_ID"),
      url: get("CIRCLE_BUILD_URL"),
    }),
  },
  {
    sign: "BUILDKITE",
    name: "Buildkite",
    read: (get) => ({
      tag: get("BUILDKITE_TAG"),
      commit: get("BUILDKITE_COMMIT"),
      run: get("BUILDKITE_BUILD_NUMBER"),
      url: get("BUILDKITE_BUILD_URL"),
    }),
  },
  {
    sign: "BITBUCKET_BUILD_NUMBER",
    name: "Bitbucket",
    read: (get) => ({ tag: get("BITBUCKET_TAG"), commit: get("BITBUCKET_COMMIT"), run: get("BITBUCKET_BUILD_NUMBER") }),
  },
  {
    sign: "TF_BUILD",
    name: "Azure",
    read: (get) => ({
      tag: /^refs\/tags\/(.+)$/.exec(get("BUILD_SOURCEBRANCH") ?? "")?.[1] ?? null,
      commit: get("BUILD_SOURCEVERSION"),
      run: get("BUILD_BUILDNUMBER"),
    }),
  },
  {
    sign: "JENKINS_URL",
    name: "Jenkins",
    read: (get) => ({ tag: get("TAG_NAME"), commit: get("GIT_COMMIT"), run: get("BUILD_TAG"), url: get("BUILD_URL") }),
  },
  {
    sign: "TRAVIS",
    name: "Travis",
    read: (get) => ({
      tag: get("TRAVIS_TAG"),
      commit: get("TRAVIS_COMMIT"),
      run: get("TRAVIS_BUILD_NUMBER"),
      url: get("TRAVIS_BUILD_WEB_URL"),
    }),
  },
  {
    sign: "DRONE",
    name: "Drone",
    read: (get) => ({
      tag: get("DRONE_TAG"),
      commit: get("DRONE_COMMIT_SHA"),
      run: get("DRONE_BUILD_NUMBER"),
      url: get("DRONE_BUILD_LINK"),
    }),
  },
  {
    sign: "TEAMCITY_VERSION",
    name: "TeamCity",
    read: (get) => ({ commit: get("BUILD_VCS_NUMBER"), run: get("BUILD_NUMBER") }),
  },
  {
    sign: "HEROKU_SLUG_COMMIT",
    name: "Heroku",
    read: (get) => ({ commit: get("HEROKU_SLUG_COMMIT"), run: get("HEROKU_RELEASE_VERSION") }),
  },
  { sign: "VERCEL", name: "Vercel", read: (get) => ({ commit: get("VERCEL_GIT_COMMIT_SHA"), run: get("VERCEL_DEPLOYMENT_ID") }) },
  {
    sign: "NETLIFY",
    name: "Netlify",
    read: (get) => ({ commit: get("COMMIT_REF"), run: get("DEPLOY_ID") }),
  },
  {
    sign: "CODEBUILD_BUILD_ID",
    name: "CodeBuild",
    read: (get) => ({ commit: get("CODEBUILD_RESOLVED_SOURCE_VERSION"), run: get("CODEBUILD_BUILD_NUMBER") }),
  },
];

/** The CI run that the environment tells of; null on a person's machine. */
export function ciRun({ env }: Pick<World, "env">): CiRun | null {
  const get: Read = (name) => env[name]?.trim() || null;
  const system = SYSTEMS.find(({ sign }) => get(sign) !== null);
  if (!system) return null;
  const { tag = null, commit = null, run = null, url = null } = system.read(get);
  return { tag, commit, name: run === null ? null : `${system.name} ${run}`, url };
}

/** An address of parts, null when one is missing. */
const joined = (parts: readonly (string | null)[]): string | null => (parts.includes(null) ? null : parts.join("/"));

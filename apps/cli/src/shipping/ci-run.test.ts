import { describe, expect, test } from "vitest";
import { ciRun } from "./ci-run.ts";

const GITHUB = {
  GITHUB_ACTIONS: "true",
  GITHUB_SHA: "abc",
  GITHUB_RUN_ID: "42",
  GITHUB_SERVER_URL: "https://github.example",
  GITHUB_REPOSITORY: "acme/web",
};

describe("ciRun", () => {
  test.each<[string, Record<string, string>, ReturnType<typeof ciRun>]>([
    ["a person's machine", { HOME: "/home/ada", TAG_NAME: "v1" }, null],
    ["a sign without content", { GITHUB_ACTIONS: " " }, null],
    [
      "GitHub, a branch",
      { ...GITHUB, GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" },
      { tag: null, commit: "abc", name: "GitHub 42", url: "https://github.example/acme/web/actions/runs/42" },
    ],
    [
      "GitHub, a tag",
      { ...GITHUB, GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v1" },
      { tag: "v1", commit: "abc", name: "GitHub 42", url: "https://github.example/acme/web/actions/runs/42" },
    ],
    ["GitHub, barely", { GITHUB_ACTIONS: "true" }, { tag: null, commit: null, name: null, url: null }],
    [
      "GitLab",
      { GITLAB_CI: "true", CI_COMMIT_TAG: "v1", CI_COMMIT_SHA: "abc", CI_PIPELINE_ID: "7", CI_PIPELINE_URL: "https://gl/7" },
      { tag: "v1", commit: "abc", name: "GitLab 7", url: "https://gl/7" },
    ],
    [
      "CircleCI",
      { CIRCLECI: "true", CIRCLE_SHA1: "abc", CIRCLE_WORKFLOW_ID: "w", CIRCLE_BUILD_URL: "https://c/1" },
      { tag: null, commit: "abc", name: "CircleCI w", url: "https://c/1" },
    ],
    [
      "Buildkite",
      { BUILDKITE: "true", BUILDKITE_TAG: "", BUILDKITE_COMMIT: "abc", BUILDKITE_BUILD_NUMBER: "3", BUILDKITE_BUILD_URL: "https://b/3" },
      { tag: null, commit: "abc", name: "Buildkite 3", url: "https://b/3" },
    ],
    ["Bitbucket", { BITBUCKET_BUILD_NUMBER: "9", BITBUCKET_COMMIT: "abc" }, { tag: null, commit: "abc", name: "Bitbucket 9", url: null }],
    [
      "Azure, a tag",
      { TF_BUILD: "True", BUILD_SOURCEBRANCH: "refs/tags/v1", BUILD_SOURCEVERSION: "abc", BUILD_BUILDNUMBER: "20260101.1" },
      { tag: "v1", commit: "abc", name: "Azure 20260101.1", url: null },
    ],
    ["Azure, a branch", { TF_BUILD: "True", BUILD_SOURCEBRANCH: "refs/heads/main" }, { tag: null, commit: null, name: null, url: null }],
    [
      "Jenkins",
      { JENKINS_URL: "https://j", GIT_COMMIT: "abc", BUILD_TAG: "jenkins-web-3", BUILD_URL: "https://j/3" },
      { tag: null, commit: "abc", name: "Jenkins jenkins-web-3", url: "https://j/3" },
    ],
    [
      "Travis",
      { TRAVIS: "true", TRAVIS_TAG: "v1", TRAVIS_COMMIT: "abc", TRAVIS_BUILD_NUMBER: "5" },
      { tag: "v1", commit: "abc", name: "Travis 5", url: null },
    ],
    [
      "Drone",
      { DRONE: "true", DRONE_TAG: "v1", DRONE_COMMIT_SHA: "abc", DRONE_BUILD_NUMBER: "5", DRONE_BUILD_LINK: "https://d/5" },
      { tag: "v1", commit: "abc", name: "Drone 5", url: "https://d/5" },
    ],
    [
      "TeamCity",
      { TEAMCITY_VERSION: "2026", BUILD_VCS_NUMBER: "abc", BUILD_NUMBER: "8" },
      { tag: null, commit: "abc", name: "TeamCity 8", url: null },
    ],
    ["Heroku", { HEROKU_SLUG_COMMIT: "abc", HEROKU_RELEASE_VERSION: "v8" }, { tag: null, commit: "abc", name: "Heroku v8", url: null }],
    [
      "Vercel",
      { VERCEL: "1", VERCEL_GIT_COMMIT_SHA: "abc", VERCEL_DEPLOYMENT_ID: "dpl" },
      { tag: null, commit: "abc", name: "Vercel dpl", url: null },
    ],
    ["Netlify", { NETLIFY: "true", COMMIT_REF: "abc", DEPLOY_ID: "d" }, { tag: null, commit: "abc", name: "Netlify d", url: null }],
    [
      "CodeBuild",
      { CODEBUILD_BUILD_ID: "x", CODEBUILD_RESOLVED_SOURCE_VERSION: "abc", CODEBUILD_BUILD_NUMBER: "4" },
      { tag: null, commit: "abc", name: "CodeBuild 4", url: null },
    ],
  ])("%s", (_, env, expected) => {
    expect(ciRun({ env })).toEqual(expected);
  });
});

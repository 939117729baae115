import { isBot } from "@landfall/domain/commits/is-bot";
import { parseVersion } from "@landfall/domain/versions/parse-version";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeployStep, History, ReleaseStep } from "./history.ts";
import { type HistoryOptions, planHistory } from "./plan-history.ts";

const NOW = new Date("2026-11-24T02:37:11.222Z");
const OPTIONS: HistoryOptions = { seed: "landfall", now: NOW, organization: "acme", releases: 400, people: 40, projects: 6, days: 120 };
const history = planHistory(OPTIONS);

const releasesOf = ({ steps }: History): ReleaseStep[] => steps.filter((step) => step.kind === "release");
const deploysOf = ({ steps }: History): DeployStep[] => steps.filter((step) => step.kind === "deploy");
const releases = releasesOf(history);
const deploys = deploysOf(history);
const commits = releases.flatMap((release) => release.commits);
const share = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter((one) => is(one)).length / list.length;

describe("a history", () => {
  test("is the same for the same options in the same hour, and different for another seed", () => {
    expect(planHistory({ ...OPTIONS, now: new Date("2026-11-24T02:59:59Z") })).toEqual(history);
    const versions = new Set(releases.map(({ version }) => version));
    const others = releasesOf(planHistory({ ...OPTIONS, seed: "other" }));
    expect(share(others, ({ version }) => versions.has(version))).toBeLessThan(0.8);
  });

  test("matches its options: six projects in two teams, four hundred releases, forty contributors", () => {
    expect(history.projects.map(({ slug }) => slug)).toEqual(["web", "api", "mobile", "billing", "search", "docs"]);
    expect(history.teams.map(({ slug }) => slug)).toEqual(["apps", "platform"]);
    expect([releases.length, history.people.length + history.bots.length]).toEqual([400, 40]);
    expect(new Set(releases.map(({ version }) => version)).size).toBe(400);
    expect(new Set(deploys.map(({ environment }) => environment))).toEqual(new Set(["dev", "staging", "production"]));
  });

  test("matches any options, in order, and ends before the end date", () => {
    const options = fc.record({
      seed: fc.string({ maxLength: 5 }),
      now: fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
      releases: fc.nat(60),
      people: fc.integer({ min: 1, max: 60 }),
      projects: fc.integer({ min: 1, max: 6 }),
      days: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(options, (options) => {
        const made = planHistory({ ...options, organization: "acme" });
        expect([releasesOf(made).length, made.projects.length]).toEqual([options.releases, options.projects]);
        expect(made.people.length + made.bots.length).toBe(options.people);
        expect(new Set(releasesOf(made).map(({ version }) => version)).size).toBe(options.releases);
        const times = made.steps.map(({ at }) => at.getTime());
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(times.every((time) => time >= made.start.getTime() && time < options.now.getTime())).toBe(true);
        const known = new Set<string>();
        for (const step of made.steps) {
          expect(step.kind === "release" || known.has(step.version)).toBe(true);
          known.add(step.version);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("its releases", () => {
  const versionsOf = (project: string) => releases.filter((release) => release.project === project).map(({ version }) => version);

  test("have versions in the style of their project: numbers with packages and candidates, days, builds, hashes", () => {
    expect(versionsOf("web").every((version) => /^web@\d+\.\d+\.\d+(-rc\.\d)?$/.test(version))).toBe(true);
    expect(versionsOf("web").some((version) => version.includes("-rc."))).toBe(true);
    expect(versionsOf("api").every((version) => /^api@2026\.\d+\.\d+(\.\d+)?$/.test(version))).toBe(true);
    expect(versionsOf("mobile").every((version) => /^com\.acme\.mobile@\d+\.\d+\.\d+\+\d+$/.test(version))).toBe(true);
    expect(versionsOf("search").every((version) => parseVersion(version)?.buildHash === version)).toBe(true);
    expect(versionsOf("docs").every((version) => /^docs-\d+$/.test(version))).toBe(true);
  });

  test("are sometimes without commits, not finalized, archived, of two projects, or never deployed", () => {
    const deployed = new Set(deploys.map(({ version }) => version));
    const finalized = new Set(history.steps.filter(({ kind }) => kind === "finalize").map(({ version }) => version));
    expect(share(releases, (one) => one.commits.length === 0)).toBeGreaterThan(0.03);
    expect(share(releases, (one) => one.dateReleased === null && !finalized.has(one.version))).toBeGreaterThan(0.03);
    expect(share(releases, (one) => !deployed.has(one.version))).toBeGreaterThan(0.05);
    expect(history.steps.filter(({ kind }) => kind === "archive").length).toBeGreaterThan(5);
    expect(releases.filter(({ secondProject }) => secondProject !== null).length).toBeGreaterThan(1);
    expect(history.steps.filter(({ kind }) => kind === "notes").length).toBeGreaterThan(2);
  });

  test("have conventional commits with pull requests and tickets, by members of the project's team and by bots", () => {
    expect(commits.length).toBeGreaterThan(1000);
    expect(new Set(commits.map(({ id }) => id)).size).toBe(commits.length);
    expect(commits.every(({ message }) => /^(?:[a-z]+\([a-z]+\)!?: .+|Revert "[^"]+") \(#\d+\)(?:\n|$)/.test(message))).toBe(true);
    expect(share(commits, ({ message }) => /^(?:Fixes|Refs) [A-Z]+-\d+$/m.test(message))).toBeGreaterThan(0.2);
    expect(commits.some(({ message }) => message.includes("BREAKING CHANGE: "))).toBe(true);
    expect(commits.some(({ message }) => message.startsWith("Revert "))).toBe(true);
    const bots = new Set(history.bots.map(({ email }) => email));
    const isProgram = ({ author_email: email, author_name: name }: (typeof commits)[number]) => isBot({ name, email });
    expect(commits.every((commit) => isProgram(commit) === bots.has(commit.author_email))).toBe(true);
    expect(share(commits, isProgram)).toBeGreaterThan(0.05);
    for (const { commits: commitList, at } of releases) {
      const times = commitList.map(({ timestamp }) => timestamp.getTime());
      expect(times).toEqual(times.toSorted((one, other) => other - one));
      expect(times.every((time) => time < at.getTime())).toBe(true);
      expect(commitList.every(({ patch_set: files }) => new Set(files.map(({ path }) => path)).size === files.length)).toBe(true);
      expect(commitList.every(({ patch_set: files }) => files.length > 0)).toBe(true);
    }
  });
});

describe("its deploys", () => {
  const placesOf = (project: string) => (project === "docs" ? ["staging", "production"] : ["dev", "staging", "production"]);

  test("go from environment to environment in time order; candidates stop before the last", () => {
    for (const { project, version, at } of releases) {
      const own = deploys.filter((deploy) => deploy.version === version && deploy.name !== "Roll back");
      expect(own.map(({ environment }) => environment)).toEqual(placesOf(project).slice(0, own.length));
      for (const [index, deploy] of own.entries()) {
        expect(deploy.at.getTime()).toBeGreaterThan(own[index - 1]?.at.getTime() ?? at.getTime());
        expect(deploy.dateStarted.getTime()).toBeLessThan(deploy.at.getTime());
      }
      if (version.includes("-rc.")) expect(own.length).toBeLessThan(3);
    }
  });

  test("have newer releases in each environment, except for a few rollbacks to the previous one", () => {
    const order = new Map(releases.map(({ version }, index) => [version, index]));
    const rolledBack = deploys.filter(({ name }) => name === "Roll back");
    expect(rolledBack.length).toBeGreaterThan(2);
    expect(rolledBack.length).toBeLessThan(deploys.length / 20);
    for (const { slug } of history.projects) {
      for (const place of placesOf(slug)) {
        const there = deploys.filter(({ project, environment }) => project === slug && environment === place);
        const numbers = there.filter(({ name }) => name !== "Roll back").map(({ version }) => order.get(version) ?? -1);
        expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
        for (const [index, deploy] of there.entries()) {
          if (deploy.name === "Roll back")
            expect(deploy.version).toBe(there.slice(0, index - 1).findLast(({ name }) => name !== "Roll back")?.version);
        }
      }
    }
  });

  test("have different releases in staging and production for some projects", () => {
    const latest = (project: string, environment: string) =>
      deploys.findLast((deploy) => deploy.project === project && deploy.environment === environment)?.version;
    const different = history.projects.filter(({ slug }) => latest(slug, "staging") !== latest(slug, "production"));
    expect(different.length).toBeGreaterThan(0);
  });
});

describe("its people", () => {
  test("have unique emails, some with a second or an unregistered one, and every role", () => {
    const addresses = history.people.flatMap(({ email, secondEmail }) => [email, secondEmail ?? []].flat());
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.every((address) => /^[a-z.]+@(?:home\.)?acme\.example$/.test(address))).toBe(true);
    expect(history.people.filter(({ secondEmail }) => secondEmail !== null).length).toBeGreaterThan(2);
    expect(new Set(history.people.map(({ role }) => role))).toEqual(new Set(["owner", "manager", "admin", "member"]));
    const authors = new Set(commits.map((commit) => commit.author_email));
    const strays = history.people.flatMap(({ strayEmail }) => strayEmail ?? []);
    expect(strays.length).toBeGreaterThan(0);
    expect(strays.every((stray) => authors.has(stray))).toBe(true);
  });

  test("are unique in large numbers", () => {
    const { people } = planHistory({ ...OPTIONS, people: 200, releases: 0 });
    expect(new Set(people.map(({ email }) => email)).size).toBe(198);
    expect(new Set(people.map(({ name }) => name)).size).toBe(198);
  });
});

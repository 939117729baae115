import { describe, expect, it } from "vitest";
import { isBot } from "./is-bot.ts";

describe("isBot", () => {
  it.each([
    ["dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"],
    ["renovate[bot]", "x@y.test"],
    ["Renovate Bot", "bot@renovateapp.com"],
    [null, "29139614+renovate[bot]@users.noreply.github.com"],
    ["semantic-release-bot", "semantic-release-bot@martynus.net"],
    ["github-actions", "action@github.com"],
    ["Ada", "release-bot@acme.test"],
    ["acme-bot", "ci@acme.test"],
    ["acme bot", "ci@acme.test"],
  ])("recognizes %j <%s> as a bot", (name, email) => expect(isBot({ name, email })).toBe(true));

  it.each([
    ["Ada Lovelace", "ada@acme.test"],
    ["Abbot", "abbot@acme.test"],
    ["Talbot Rice", "talbot@acme.test"],
    ["Robot Lover", "lover@robots.test"],
    ["Jan Bot", "jan@acme.test"],
    ["Snykerson", "s@acme.test"],
    [null, "bottom@acme.test"],
    ["", ""],
  ])("recognizes %j <%s> as a person", (name, email) => expect(isBot({ name, email })).toBe(false));
});

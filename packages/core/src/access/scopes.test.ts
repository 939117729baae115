import { expandScopes, SCOPES, scopesOfRole } from "@landfall/schema/scope";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { commonScopes, grantedScopes } from "./scopes.ts";

const someScopes = fc.subarray([...SCOPES]);

it("returns the expanded scopes, and the same set for the same scopes", () =>
  fc.assert(
    fc.property(someScopes, (scopes) => {
      expect(grantedScopes(scopes)).toEqual(expandScopes(scopes));
      expect(grantedScopes([...scopes])).toBe(grantedScopes(scopes));
    }),
    { seed: 3 },
  ));

it("returns the right scopes for more combinations than the cache holds", () => {
  for (let kind = 0; kind < 1200; kind++) expect([...grantedScopes([`unknown:${kind}`, "org:ci"])]).toEqual(["org:ci"]);
});

it("returns the intersection of both sets", () =>
  fc.assert(
    fc.property(someScopes, fc.constantFrom("member", "admin", "owner", "stranger"), (scopes, role) => {
      const token = grantedScopes(scopes);
      const allowed = scopesOfRole(role);
      const common = commonScopes(token, allowed);
      expect([...common].toSorted()).toEqual([...token].filter((scope) => allowed.has(scope)).toSorted());
      expect(commonScopes(token, allowed)).toEqual(common);
    }),
    { seed: 5 },
  ));

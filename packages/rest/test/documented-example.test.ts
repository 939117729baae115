import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWire, type Wire } from "./open-wire.ts";

/** The documented request and response, as published on 2018-12-19. */
const documented = JSON.parse(readFileSync(new URL("documented-example.json", import.meta.url), "utf8"));

describe("the documented example", () => {
  let wire: Wire;
  const path = "/organizations/the-interstellar-jurisdiction/releases/";

  beforeAll(async () => {
    wire = await openWire();
    await wire.given.organization("the-interstellar-jurisdiction");
    await wire.given.project("the-interstellar-jurisdiction", "pump-station", { name: "Pump Station" });
    wire.use(await wire.given.orgToken("the-interstellar-jurisdiction"));
    wire.clock.set("2018-12-19T19:25:49.971Z");
  });
  afterAll(() => wire.close());

  it("creates the release with its commit", async () => {
    const { status, body } = await wire.post(path, documented.first);
    expect(status).toBe(201);
    expect(body).toMatchObject({ version: "2.0rc2", commitCount: 1 });
  });

  it("returns 208 for the documented request, with exactly the documented fields and values", async () => {
    const { status, body } = await wire.post(path, documented.request);
    expect(status).toBe(208);
    // Upstream created the repository a moment after the release; here both are created in one transaction.
    const { response } = documented;
    response.lastCommit.repository.dateCreated = "2018-12-19T19:25:49.971Z";
    expect(body).toMatchObject(response);
  });
});

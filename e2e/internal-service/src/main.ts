import { createClient, isLandfallError } from "@landfall/client";
import { recordShipment } from "./record-shipment.ts";

/** Records the version in the first argument as deployed to production, and prints the release. Exits with 1 and the error code on failure. */
const { LANDFALL_URL: url = "", LANDFALL_TOKEN: token } = process.env;
const [version = ""] = process.argv.slice(2);
const commits = [{ id: "9b3f1c6e2d7a4b5c8e0f1a2b3c4d5e6f7a8b9c0d", message: "Add a cart", timestamp: new Date(0) }];

try {
  const client = createClient({ url, token });
  const { release, deploy } = await recordShipment(client, {
    organization: "acme",
    project: "web",
    version,
    environment: "production",
    commits,
  });
  process.stdout.write(`${release.version}: ${release.commitCount} commit, deployed to ${deploy.environment}\n`);
} catch (error) {
  if (!isLandfallError(error)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}

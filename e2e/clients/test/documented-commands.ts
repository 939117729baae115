import { ORGANIZATION } from "../src/start-server.ts";

/** How the test treats a block of a document. */
export type Treatment =
  | {
      /**
       * Placeholders of the document by the value of the test. The shell has `$WORKSHOP`, the folder beside the repository, `$URL` of the server,
       * `$TOKEN` of an owner and `$CI_TOKEN` of the organization.
       */
      readonly run: Readonly<Record<string, string>>;
      /** Commands that create what the text around the block requires. */
      readonly before?: string;
    }
  | {
      /** Why the block is not run. Its words are checked instead. */
      readonly notRun: string;
    };

const STARTS = "starts a server that runs until it is stopped; scripts/check-start.sh and e2e/internal-service run it";
const MACHINE = "needs root and systemd";
const INSTALLS = "installs a package from the registry; e2e/internal-service installs the packed one";
const CHECKS = "runs the tests, of which this is one";

const RETENTION_RULE = `curl --fail -s $URL/api/trpc/retention.set -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{"organization":"${ORGANIZATION}","project":"web","keepLast":10}'`;

const AS_OWNER = { "https://landfall.example.com": "$URL", "sntryu_…": "$TOKEN" };

/** Every shell block of the documents by its name. */
export const TREATMENTS: Readonly<Record<string, Treatment>> = {
  "README.md: npm start": { notRun: STARTS },
  "README.md: export SENTRY_URL=http://localhost:3000": {
    run: { "http://localhost:3000": "$URL", "ORG=default": `ORG=${ORGANIZATION}`, "sntrys_…": "$CI_TOKEN", "PROJECT=app": "PROJECT=web" },
  },
  "README.md: npx @sentry/cli releases new web@1.4.0": { run: {} },
  "README.md: node ../landfall/apps/cli/dist/landfall.mjs ship web@1.4.0 -": { run: {} },
  "README.md: npx @sentry/cli releases info web@1.4.0 --show-commits": { run: {} },
  "CONTRIBUTING.md: npm start": { notRun: STARTS },
  "apps/web/README.md: npx landfall serve": { notRun: STARTS },
  "docs/artifacts.md: landfall sourcemaps inject dist": { run: {} },
  "docs/artifacts.md: landfall sourcemaps resolve trace.txt -p web --release web@1": {
    run: {},
    before: "landfall ship web@1.4.0 --sourcemaps dist",
  },
  'docs/ci.md: curl --fail --silent --show-error --output landfall.mjs "$SE': { run: {} },
  "docs/cli.md: landfall login --server https://landfall.example.com --token": { run: AS_OWNER },
  "docs/cli.md: landfall import git-tags -p web --match 'web/*' --strip-pref": {
    run: {},
    before: "git tag web/1.3.0; trap 'git tag --delete web/1.3.0' EXIT",
  },
  "docs/cli.md: landfall sourcemaps inject dist": { run: {} },
  "docs/deployment.md: npm install --prefix /opt/landfall landfall@0.1.0": { notRun: MACHINE },
  "docs/deployment.md: systemd-run --pipe --wait --quiet -p User=landfall -p Dynami": { notRun: MACHINE },
  "docs/deployment.md: HOST=127.0.0.1": { notRun: "lines of /etc/landfall.env, not commands" },
  "docs/deployment.md: PATH=/opt/landfall/node_modules/.bin:$PATH /opt/landfall/res": {
    notRun: "needs the installation in /opt; apps/web/test/deployment-files.test.ts runs restore-drill.sh",
  },
  "docs/deployment.md: systemctl start landfall-backup.service": { notRun: MACHINE },
  "docs/deployment.md: podman build --format docker -f deploy/container/Containerfi": { notRun: "needs a container engine" },
  "docs/installation.md: npx landfall serve": { notRun: STARTS },
  "docs/installation.md: npm install --global landfall@0.1.0": { notRun: INSTALLS },
  "docs/installation.md: npm start": { notRun: STARTS },
  "docs/operations.md: npm run --silent admin -- init --org acme --project web --pr": { run: {} },
  "docs/operations.md: npm run seed": { notRun: "takes a minute; apps/web/test/seed.test.ts runs it" },
  "docs/operations.md: npm run admin -- artifacts adopt": { run: { "<name>…": "--all" } },
  "docs/operations.md: npm run admin -- retention preview --org acme --project web": { run: {}, before: RETENTION_RULE },
  "docs/operations.md: npm run admin -- quota --org acme": { run: {} },
  "docs/operations.md: LANDFALL_S3_BUCKET=https://s3.eu-central-1.amazonaws.com/lan": {
    notRun: "needs a bucket of Amazon; apps/web/test/artifacts-in-a-bucket.test.ts uses these variables",
  },
  "docs/operations.md: LANDFALL_DATABASE_URL=postgres://landfall@db.internal/landfa": { notRun: STARTS },
  "docs/operations.md: npm run admin -- backup /backups/landfall-$(date +%F).db": {
    run: { "/backups/": "$WORKSHOP/backups/", "2026-11-01": "$(date +%F)" },
    before: "export LANDFALL_DATA_DIR=$WORKSHOP/stopped; npm run admin -- init --org acme --project web",
  },
  "docs/rest.md: curl -s $SENTRY_URL/api/0/organizations/$SENTRY_ORG/releases": { run: { '"app"': '"web"' } },
  "docs/typed-client.md: npm install ./landfall-client-0.1.0.tgz": { notRun: INSTALLS },
  "e2e/clients/README.md: pnpm install": { notRun: CHECKS },
};

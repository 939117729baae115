import { storeSuite } from "@landfall/testing/store-suite/store-suite";
import { openTestPostgres, isPostgresAvailable } from "@landfall/testing/stores/open-test-postgres";
import { openTestPglite, openTestSqlite } from "@landfall/testing/stores/open-test-store";

storeSuite("SQLite", openTestSqlite);
storeSuite("PGlite", openTestPglite);
if (await isPostgresAvailable()) storeSuite("PostgreSQL", openTestPostgres);

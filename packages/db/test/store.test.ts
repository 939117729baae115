import { openTestPglite } from "@landfall/testing/open-test-pglite";
import { openTestPostgres, postgresAnswers } from "@landfall/testing/open-test-postgres";
import { openTestSqlite } from "@landfall/testing/open-test-sqlite";
import { storeSuite } from "@landfall/testing/store-suite";

storeSuite("SQLite", openTestSqlite);
storeSuite("PGlite", openTestPglite);
if (await postgresAnswers()) storeSuite("PostgreSQL", openTestPostgres);

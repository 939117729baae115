import { type Column, type SQL, sql } from "drizzle-orm";

/**
 * A column of whole numbers that is compared without using an index on it. SQLite keeps no statistics and takes an index whose first
 * columns are compared with given values for a good one, even where it then reads all rows of an environment or an organization.
 */
export const withoutIndex = (column: Column): SQL => sql`+${column}`;

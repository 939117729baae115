CREATE TABLE "unfinished_work" (
	"name" text COLLATE "C" NOT NULL,
	"date_begun" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unfinished_work_name_pk" PRIMARY KEY("name")
);
--> statement-breakpoint
ALTER TABLE "nightly_work" ADD COLUMN "after_project_id" bigint;--> statement-breakpoint
ALTER TABLE "nightly_work" ADD COLUMN "date_alive" timestamp (3) with time zone;
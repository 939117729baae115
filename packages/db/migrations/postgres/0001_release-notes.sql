CREATE TABLE "release_notes" (
	"release_id" bigint NOT NULL,
	"markdown" text COLLATE "C" NOT NULL,
	"saved_by" bigint,
	"date_saved" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "release_notes_release_id_pk" PRIMARY KEY("release_id")
);
--> statement-breakpoint
ALTER TABLE "release_notes" ADD CONSTRAINT "release_notes_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_notes" ADD CONSTRAINT "release_notes_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
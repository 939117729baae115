CREATE TABLE "dropped_files" (
	"release_id" bigint PRIMARY KEY NOT NULL,
	"up_to_id" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "release_archives" DROP CONSTRAINT "release_archives_release_id_releases_id_fk";
--> statement-breakpoint
ALTER TABLE "release_files" DROP CONSTRAINT "release_files_release_id_releases_id_fk";
--> statement-breakpoint
DROP INDEX "release_files_ident";--> statement-breakpoint
DROP INDEX "release_files_list";--> statement-breakpoint
DROP INDEX "release_files_archive";--> statement-breakpoint
ALTER TABLE "release_archives" ADD COLUMN "state" text COLLATE "C" DEFAULT 'shown' NOT NULL;--> statement-breakpoint
ALTER TABLE "release_files" ADD COLUMN "replaced_by" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "release_archives_hidden" ON "release_archives" USING btree ("state","id") WHERE "release_archives"."state" <> 'shown';--> statement-breakpoint
CREATE INDEX "release_files_replaced" ON "release_files" USING btree ("replaced_by","id") WHERE "release_files"."replaced_by" <> 0;--> statement-breakpoint
CREATE UNIQUE INDEX "release_files_ident" ON "release_files" USING btree ("release_id","is_member","ident","replaced_by");--> statement-breakpoint
CREATE INDEX "release_files_list" ON "release_files" USING btree ("release_id","is_member","list_dist","name","id","archive_id","replaced_by");--> statement-breakpoint
CREATE INDEX "release_files_archive" ON "release_files" USING btree ("archive_id","replaced_by");
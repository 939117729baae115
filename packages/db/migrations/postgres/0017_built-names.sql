ALTER TABLE "artifact_files" ADD COLUMN "built_name" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "artifact_files" ADD COLUMN "built_name_from" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "artifact_files" ADD COLUMN "built_name_key" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "artifact_files_built_name" ON "artifact_files" USING btree ("bundle_id","built_name_key") WHERE "artifact_files"."built_name_key" is not null;
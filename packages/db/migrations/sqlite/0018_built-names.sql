ALTER TABLE `artifact_files` ADD `built_name` text;--> statement-breakpoint
ALTER TABLE `artifact_files` ADD `built_name_from` text;--> statement-breakpoint
ALTER TABLE `artifact_files` ADD `built_name_key` text;--> statement-breakpoint
CREATE INDEX `artifact_files_built_name` ON `artifact_files` (`bundle_id`,`built_name_key`) WHERE "artifact_files"."built_name_key" is not null;
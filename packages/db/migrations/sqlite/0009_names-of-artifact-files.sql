ALTER TABLE `artifact_files` ADD `name_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `artifact_files_name` ON `artifact_files` (`bundle_id`,`name_key`);
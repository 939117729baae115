CREATE TABLE `activities` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`project_id` integer NOT NULL,
	`kind` text NOT NULL,
	`ident` text NOT NULL,
	`data` text NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `activities_project` ON `activities` (`project_id`,`date_created`,`id`);--> statement-breakpoint
CREATE INDEX `activities_ident` ON `activities` (`organization_id`,`ident`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`details` text,
	`request_id` text,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `audit_log_organization` ON `audit_log` (`organization_id`,`date_created`,`id`);--> statement-breakpoint
CREATE TABLE `commit_authors` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`email` text NOT NULL,
	`name` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `commit_authors_organization_email` ON `commit_authors` (`organization_id`,`email`);--> statement-breakpoint
CREATE TABLE `commit_files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`commit_id` integer NOT NULL,
	`path` text NOT NULL,
	`type` text NOT NULL,
	FOREIGN KEY (`commit_id`) REFERENCES `commits`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `commit_files_commit_path` ON `commit_files` (`commit_id`,`path`);--> statement-breakpoint
CREATE TABLE `commits` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`repository_id` integer NOT NULL,
	`sha` text NOT NULL,
	`message` text,
	`author_id` integer,
	`fixes` text,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`repository_id`) REFERENCES `repositories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `commit_authors`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `commits_repository_sha` ON `commits` (`repository_id`,`sha`);--> statement-breakpoint
CREATE INDEX `commits_organization_sha` ON `commits` (`organization_id`,`sha`);--> statement-breakpoint
CREATE INDEX `commits_repository_date` ON `commits` (`repository_id`,`date_created`,`id`);--> statement-breakpoint
CREATE TABLE `deploys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`release_id` integer NOT NULL,
	`environment_id` integer NOT NULL,
	`name` text,
	`url` text,
	`date_started` integer,
	`date_finished` integer NOT NULL,
	`date_created` integer NOT NULL,
	`deployer_id` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`deployer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `deploys_release` ON `deploys` (`release_id`,`date_finished`,`id`);--> statement-breakpoint
CREATE INDEX `deploys_environment` ON `deploys` (`environment_id`,`date_finished`,`id`);--> statement-breakpoint
CREATE TABLE `environment_projects` (
	`environment_id` integer NOT NULL,
	`project_id` integer NOT NULL,
	PRIMARY KEY(`project_id`, `environment_id`),
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `environments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`name` text NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `environments_organization_name` ON `environments` (`organization_id`,`name`);--> statement-breakpoint
CREATE TABLE `members` (
	`organization_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`role` text NOT NULL,
	`date_created` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `user_id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `members_user` ON `members` (`user_id`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`open_membership` integer DEFAULT true NOT NULL,
	`date_created` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_slug` ON `organizations` (`slug`);--> statement-breakpoint
CREATE TABLE `project_teams` (
	`project_id` integer NOT NULL,
	`team_id` integer NOT NULL,
	PRIMARY KEY(`project_id`, `team_id`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `project_teams_team` ON `project_teams` (`team_id`);--> statement-breakpoint
CREATE TABLE `projects` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`platform` text,
	`release_token` text,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_organization_slug` ON `projects` (`organization_id`,`slug`);--> statement-breakpoint
CREATE TABLE `release_commits` (
	`release_id` integer NOT NULL,
	`position` integer NOT NULL,
	`commit_id` integer NOT NULL,
	PRIMARY KEY(`release_id`, `commit_id`),
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`commit_id`) REFERENCES `commits`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `release_commits_commit` ON `release_commits` (`commit_id`);--> statement-breakpoint
CREATE INDEX `release_commits_order` ON `release_commits` (`release_id`,`position`);--> statement-breakpoint
CREATE TABLE `release_environments` (
	`release_id` integer NOT NULL,
	`project_id` integer NOT NULL,
	`environment_id` integer NOT NULL,
	`last_deploy_id` integer,
	`first_seen` integer NOT NULL,
	`last_seen` integer NOT NULL,
	PRIMARY KEY(`release_id`, `project_id`, `environment_id`),
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `release_environments_environment` ON `release_environments` (`environment_id`,`project_id`,`release_id`);--> statement-breakpoint
CREATE TABLE `release_heads` (
	`release_id` integer NOT NULL,
	`repository_id` integer NOT NULL,
	`commit_id` integer NOT NULL,
	`previous_sha` text,
	PRIMARY KEY(`release_id`, `repository_id`),
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`repository_id`) REFERENCES `repositories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`commit_id`) REFERENCES `commits`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `release_projects` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`release_id` integer NOT NULL,
	`project_id` integer NOT NULL,
	`is_archived` integer DEFAULT false NOT NULL,
	`date_created` integer NOT NULL,
	`date_effective` integer NOT NULL,
	`new_groups` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `release_projects_release_project` ON `release_projects` (`release_id`,`project_id`);--> statement-breakpoint
CREATE INDEX `release_projects_created` ON `release_projects` (`project_id`,`date_created`,`release_id`,`is_archived`);--> statement-breakpoint
CREATE INDEX `release_projects_effective` ON `release_projects` (`project_id`,`date_effective`,`release_id`,`is_archived`);--> statement-breakpoint
CREATE TABLE `releases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`version` text NOT NULL,
	`is_archived` integer DEFAULT false NOT NULL,
	`ref` text,
	`url` text,
	`owner_id` integer,
	`user_agent` text,
	`date_created` integer NOT NULL,
	`date_released` integer,
	`date_effective` integer NOT NULL,
	`commit_count` integer DEFAULT 0 NOT NULL,
	`last_commit_id` integer,
	`author_ids` text NOT NULL,
	`deploy_count` integer DEFAULT 0 NOT NULL,
	`last_deploy_id` integer,
	`package` text,
	`major` integer,
	`minor` integer,
	`patch` integer,
	`revision` integer,
	`is_final` integer,
	`prerelease` text,
	`build_code` text,
	`build_number` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `releases_organization_version` ON `releases` (`organization_id`,`version`);--> statement-breakpoint
CREATE INDEX `releases_created` ON `releases` (`organization_id`,`is_archived`,`date_created`,`id`);--> statement-breakpoint
CREATE INDEX `releases_created_any` ON `releases` (`organization_id`,`date_created`,`id`);--> statement-breakpoint
CREATE INDEX `releases_finalized` ON `releases` (`organization_id`,`date_created`,`id`) WHERE "releases"."date_released" is not null;--> statement-breakpoint
CREATE INDEX `releases_unfinalized` ON `releases` (`organization_id`,`date_created`,`id`) WHERE "releases"."date_released" is null;--> statement-breakpoint
CREATE INDEX `releases_semver` ON `releases` (`organization_id`,`major`,`minor`,`patch`,`revision`,`is_final`,`prerelease`,`date_created`,`id`);--> statement-breakpoint
CREATE INDEX `releases_build` ON `releases` (`organization_id`,`build_number`,`id`);--> statement-breakpoint
CREATE INDEX `releases_package` ON `releases` (`organization_id`,`package`,`date_created`,`id`);--> statement-breakpoint
CREATE TABLE `repositories` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`name` text NOT NULL,
	`url` text,
	`external_id` text,
	`status` text DEFAULT 'active' NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `repositories_active_name` ON `repositories` (`organization_id`,`name`) WHERE "repositories"."status" = 'active';--> statement-breakpoint
CREATE INDEX `repositories_organization_name` ON `repositories` (`organization_id`,`name`);--> statement-breakpoint
CREATE TABLE `setup_links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`token_hash` text NOT NULL,
	`organization_id` integer NOT NULL,
	`date_created` integer NOT NULL,
	`date_used` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `setup_links_hash` ON `setup_links` (`token_hash`);--> statement-breakpoint
CREATE TABLE `team_members` (
	`team_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	PRIMARY KEY(`team_id`, `user_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `team_members_user` ON `team_members` (`user_id`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_organization_slug` ON `teams` (`organization_id`,`slug`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`user_id` integer,
	`organization_id` integer,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`last_characters` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by` integer,
	`date_created` integer NOT NULL,
	`date_expires` integer,
	`date_revoked` integer,
	`date_last_used` integer,
	`last_used_client` text,
	`project_last_used_id` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`project_last_used_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash` ON `tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `tokens_organization` ON `tokens` (`organization_id`);--> statement-breakpoint
CREATE INDEX `tokens_user` ON `tokens` (`user_id`);--> statement-breakpoint
CREATE TABLE `user_emails` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`email` text NOT NULL,
	`is_verified` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_emails_email` ON `user_emails` (`email`);--> statement-breakpoint
CREATE INDEX `user_emails_user` ON `user_emails` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`username` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text,
	`is_active` integer DEFAULT true NOT NULL,
	`date_joined` integer NOT NULL,
	`last_login` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username` ON `users` (`username`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);
import { createRelease } from "@landfall/core/releases/create-release";
import { deleteRelease } from "@landfall/core/releases/delete-release";
import { getPreviousWithCommits } from "@landfall/core/releases/get-previous-with-commits";
import { getRelease } from "@landfall/core/releases/get-release";
import { getReleaseMeta } from "@landfall/core/releases/get-release-meta";
import { listReleaseStats } from "@landfall/core/releases/list-release-stats";
import { listReleases } from "@landfall/core/releases/list-releases";
import { listResolvedIssues } from "@landfall/core/releases/list-resolved-issues";
import { updateRelease } from "@landfall/core/releases/update-release";
import { ReleaseMetaView, ReleaseStatView, ReleaseView } from "@landfall/schema/views/release";
import * as z from "zod";
import { paged } from "../paged.ts";
import { del, get, ok, post, put, type Route } from "../route.ts";

const LIST = "/organizations/:organization/releases/";
const ONE = `${LIST}:version/`;

/** Releases of an organization (contract 2, rows 1–7, 10, 19). The chart comes first: it shadows a release called `stats`. */
export const releaseRoutes: readonly Route[] = [
  get(`${LIST}stats/`, {
    summary: "Version and date of releases, for charts",
    operation: listReleaseStats,
    answers: { 200: z.array(ReleaseStatView) },
    answer: paged,
    isPaged: true,
  }),
  get(LIST, {
    summary: "List an organization's releases",
    operation: listReleases,
    answers: { 200: z.array(ReleaseView) },
    answer: paged,
    isPaged: true,
  }),
  post(LIST, {
    summary: "Create a release, or report one again",
    operation: createRelease,
    answers: { 201: ReleaseView, 208: ReleaseView },
    answer: ({ release, created }) => ({ status: created ? 201 : 208, body: release }),
  }),
  get(ONE, { summary: "Retrieve a release", operation: getRelease, answers: { 200: ReleaseView }, answer: ok }),
  put(ONE, {
    summary: "Update, finalize or archive a release, and set its commits",
    operation: updateRelease,
    answers: { 200: ReleaseView },
    answer: ok,
  }),
  del(ONE, { summary: "Delete a release", operation: deleteRelease, answers: { 204: null }, answer: () => ({ status: 204 }) }),
  get(`${ONE}meta/`, {
    summary: "What the page of a release needs",
    operation: getReleaseMeta,
    answers: { 200: ReleaseMetaView },
    answer: ok,
  }),
  get(`${ONE}previous-with-commits/`, {
    summary: "The latest earlier release with commits, or {}",
    operation: getPreviousWithCommits,
    answers: { 200: z.union([ReleaseView, z.strictObject({})]) },
    answer: (release) => ok(release ?? {}),
  }),
  get(`${ONE}resolved/`, {
    summary: "The issues a release resolves",
    operation: listResolvedIssues,
    answers: { 200: z.array(z.never()) },
    answer: ok,
  }),
];

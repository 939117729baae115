import { createDeploy } from "@landfall/core/deploys/create-deploy";
import { listDeploys } from "@landfall/core/deploys/list-deploys";
import { DeployView } from "@landfall/schema/views/deploy";
import * as z from "zod";
import { paged } from "../paged.ts";
import { get, post, type Route } from "../route.ts";

const PATH = "/organizations/:organization/releases/:version/deploys/";

/** Deploys of a release (contract 2, rows 11 and 12). */
export const deployRoutes: readonly Route[] = [
  get(PATH, {
    summary: "List the deploys of a release",
    operation: listDeploys,
    answers: { 200: z.array(DeployView) },
    answer: paged,
    isPaged: true,
  }),
  post(PATH, {
    summary: "Record a deploy of a release",
    operation: createDeploy,
    answers: { 201: DeployView },
    answer: (deploy) => ({ status: 201, body: deploy }),
  }),
];

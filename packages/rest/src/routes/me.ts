import { getSelf } from "@landfall/core/people/get-self";
import { listRegions } from "@landfall/core/people/list-regions";
import { whoAmI } from "@landfall/core/people/who-am-i";
import { RegionsView, WhoAmIView } from "@landfall/schema/views/token";
import { UserView } from "@landfall/schema/views/user";
import { get, ok, type Route } from "../route.ts";

/** Who is asking (contract 2, row 43; clients 3.1, 4). */
export const meRoutes: readonly Route[] = [
  get("/", { summary: "Who is asking, and what they may do", operation: whoAmI, answers: { 200: WhoAmIView }, answer: ok }),
  get("/auth/", { summary: "The person a token belongs to", operation: getSelf, answers: { 200: UserView }, answer: ok }),
  get("/users/me/regions/", {
    summary: "Where organizations live: here",
    operation: listRegions,
    answers: { 200: RegionsView },
    answer: ok,
  }),
];

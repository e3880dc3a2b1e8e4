// What must not type-check: a line without an error after such a comment is one.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const api = createClient<paths>();
const request_id = "0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90";

// @ts-expect-error: to_lang is missing
await api.POST("/ai_dub", { body: { source_video_url: "https://a.example/", user_id: 51, project_id: "ryan" } });
// @ts-expect-error: a project is a text
await api.POST("/ai_dub", { body: { source_video_url: "https://a.example/", user_id: 51, project_id: 7, to_lang: "es" } });
// @ts-expect-error: there is no such state
await api.GET("/ai_dub", { params: { query: { state: "done" } } });
// @ts-expect-error: a limit is a number
await api.GET("/ai_dub", { params: { query: { limit: "ten" } } });
// @ts-expect-error: the dub is not named
await api.DELETE("/ai_dub/{request_id}", {});
// @ts-expect-error: there is no such endpoint
await api.DELETE("/ai_dub");
const { data } = await api.GET("/ai_dub/{request_id}", { params: { path: { request_id } } });
// @ts-expect-error: a dub has no such field
console.log(data?.result);
// @ts-expect-error: a dub that is not complete has no result
console.log(data?.result_url.length);

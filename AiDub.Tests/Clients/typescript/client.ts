import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Dub = components["schemas"]["DubAnswer"];

let api = createClient<paths>({ baseUrl: "http://127.0.0.1:5080" });

/** Says where the service is and, where it asks for tokens, who asks. */
export function connect(baseUrl: string, token?: string): void {
  api = createClient<paths>({ baseUrl, headers: token ? { Authorization: `Bearer ${token}` } : {} });
}

export async function dub(file: Blob, toLang: string): Promise<Dub> {
  const form = new FormData();
  form.append("file", file, "talk.mp4");
  const uploaded = await api.POST("/ai_dub/uploads", { body: { file: "" }, bodySerializer: () => form });
  if (uploaded.error) throw new Error(uploaded.error.msg);

  const submitted = await api.POST("/ai_dub", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { source_video_url: uploaded.data.source_video_url, user_id: 51, project_id: "ryan", to_lang: toLang, source_audio: 0 },
  });
  if (submitted.error) throw new Error(`${submitted.error.msg_code}: ${submitted.error.errors?.[0]?.field}`);
  const request_id = submitted.data.request_id;

  for (;;) {
    const poll = await api.POST("/ai_dub/progress", { body: { user_id: 51, request_id } });
    if (poll.error) throw new Error(poll.error.error_code ?? poll.error.msg_code);
    if ("result_url" in poll.data) break;
    console.log(poll.data.stage, poll.data.percent, poll.data.eta_seconds ?? "?");
    await new Promise(done => setTimeout(done, 1000));
  }
  const { data, error } = await api.GET("/ai_dub/{request_id}", { params: { path: { request_id }, query: { user_id: 51 } } });
  if (error) throw new Error(error.msg);
  console.log(data.report?.source_audio?.index, data.report?.source_audio?.reason);
  return data;
}

export async function tidy(): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await api.GET("/ai_dub", { params: { query: { project_id: "ryan", state: "failed", limit: 100, cursor } } });
    if (page.error) throw new Error(page.error.msg);
    for (const failed of page.data.dubs) {
      const retried = await api.POST("/ai_dub/{request_id}/retry", { params: { path: { request_id: failed.request_id } }, body: {} });
      if (retried.error?.msg_code === "dub_not_kept") await api.DELETE("/ai_dub/{request_id}", { params: { path: { request_id: failed.request_id } } });
    }
    cursor = page.data.next_cursor ?? undefined;
  } while (cursor);
}

export async function reword(request_id: string, index: number, translation: string): Promise<number> {
  const path = { request_id };
  const segments = await api.GET("/ai_dub/{request_id}/segments", { params: { path } });
  if (segments.error) throw new Error(segments.error.msg);
  const { revision } = segments.data;
  const edited = await api.PATCH("/ai_dub/{request_id}/segments/{index}", { params: { path: { ...path, index } }, body: { revision, translation } });
  if (edited.error) throw new Error(edited.error.msg_code);
  const rendered = await api.POST("/ai_dub/{request_id}/render", { params: { path }, body: { revision: edited.data.revision, subtitles: "soft" } });
  if (rendered.error) throw new Error(rendered.error.msg_code);
  return rendered.data.revision ?? edited.data.revision;
}

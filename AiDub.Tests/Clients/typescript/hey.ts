// Dubs a file by the client that @hey-api/openapi-ts makes: node hey.js ADDRESS VIDEO RESULT.
import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import { client } from "./generated/client.gen.js";
import { getProgress, listDubs, submitDub, uploadFile } from "./generated/sdk.gen.js";

const [address, video, result] = process.argv.slice(2) as [string, string, string];
client.setConfig({ baseUrl: address });
const uploaded = await uploadFile({ body: { file: await openAsBlob(video) }, throwOnError: true });
const submitted = await submitDub({
  body: { source_video_url: uploaded.data.source_video_url, user_id: 51, project_id: "hey", to_lang: "es" },
  throwOnError: true,
});
const { request_id } = submitted.data;
for (;;) {
  const poll = await getProgress({ body: { user_id: 51, request_id }, throwOnError: true });
  if ("result_url" in poll.data) {
    await writeFile(result, Buffer.from(await (await fetch(poll.data.result_url)).arrayBuffer()));
    break;
  }
  console.log(poll.data.stage, poll.data.percent);
  await new Promise(done => setTimeout(done, 500));
}
const gone = await getProgress({ body: { user_id: 51, request_id } });
if (gone.error?.msg_code !== "progress_not_found") throw new Error("the final response is read once");
const list = await listDubs({ query: { user_id: 51, project_id: "hey" }, throwOnError: true });
console.log(list.data.dubs[0]?.state);

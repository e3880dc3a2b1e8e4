// Dubs a file by the client over openapi-typescript: node run.js ADDRESS VIDEO RESULT.
import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import { connect, dub } from "./client.js";

const [address, video, result] = process.argv.slice(2) as [string, string, string];
connect(address);
const done = await dub(await openAsBlob(video), "es");
await writeFile(result, Buffer.from(await (await fetch(done.result_url!)).arrayBuffer()));
console.log(done.state);

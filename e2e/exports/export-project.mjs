import { Api } from "@lazyruns/core";
import { exportProject } from "@lazyruns/export";

/* Exports a project and tells of every step: argv is the server, the key, the project's path and the folder. */
const [baseUrl, apiKey, path, out] = process.argv.slice(2);
const api = new Api({ baseUrl, apiKey });
const onProgress = ({ stage, done, total }) => console.log(JSON.stringify({ stage, done, total }));
const result = await exportProject(path, { api, out, onProgress });
await api.close();
console.log(JSON.stringify({ result }));

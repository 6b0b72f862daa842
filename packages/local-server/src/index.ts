export { StartError } from "./errors.ts";
export type { InterceptedAnswer, RequestInfo, ServerOptions } from "./options.ts";
export { type LocalServer, startServer } from "./server.ts";

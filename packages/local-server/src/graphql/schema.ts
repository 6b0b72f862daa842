/**
 * The part of W&B's schema that clients use, put together from the queries of the Python client 0.31
 * (`core/api/graphql/*.graphql`, `wandb/apis/_generated`); W&B's own is not public.
 */
export const SDL = `
scalar JSON
scalar JSONString
scalar Int64
scalar DateTime
scalar Duration

type Query {
  viewer(entityName: String): User
  entity(name: String): Entity
  serverInfo: ServerInfo
  project(name: String, entityName: String): Project
  model(name: String, entityName: String): Project
  models(entityName: String, after: String, first: Int): ProjectConnection
}

type ServerInfo { features: [ServerFeature!]! cliVersionInfo: JSON }
type ServerFeature { name: String! isEnabled: Boolean! }
type Entity { id: ID! name: String! isTeam: Boolean organization: Organization projects(first: Int, after: String): ProjectConnection }
type Organization { id: ID! name: String! coreWeaveOrganizationId: String }
type User {
  id: ID! name: String username: String email: String admin: Boolean flags: JSONString entity: String
  deletedAt: DateTime apiKeys: ApiKeyConnection teams: EntityConnection
}
type ApiKeyConnection { edges: [ApiKeyEdge!]! }
type ApiKeyEdge { node: ApiKey }
type ApiKey { id: ID! name: String description: String }
type EntityConnection { edges: [EntityEdge!]! }
type EntityEdge { node: Entity }
type PageInfo { endCursor: String hasNextPage: Boolean! }

type ProjectConnection { edges: [ProjectEdge!]! pageInfo: PageInfo! }
type ProjectEdge { cursor: String! node: Project }
type Project {
  id: ID! internalId: ID! name: String! entityName: String! entity: Entity! createdAt: DateTime! isBenchmark: Boolean
  readOnly: Boolean isReadOnly: Boolean access: String user: User description: String views: JSONString
  runCount(filters: JSONString): Int
  runs(filters: JSONString, first: Int, after: String, order: String): RunConnection
  run(name: String!): Run
  bucket(name: String!, missingOk: Boolean): Run
  totalSweeps: Int
  sweep(sweepName: String!): Sweep
  sweeps(first: Int, after: String, filters: JSONString): SweepConnection
}

type RunConnection { edges: [RunEdge!]! pageInfo: PageInfo! totalCount: Int! }
type RunEdge { cursor: String! node: Run! }
type Run {
  id: ID! name: String! displayName: String state: String tags: [String!] createdAt: DateTime! heartbeatAt: DateTime
  updatedAt: DateTime computeSeconds: Duration description: String notes: String group: String groupName: String
  jobType: String commit: String repo: String host: String program: String readOnly: Boolean user: User
  project: Project projectId: ID stopped: Boolean shouldStop: Boolean
  sweepName: String sweep: Sweep exitcode: Int64 failed: Boolean running: Boolean
  config(keys: [String!]): JSONString
  summaryMetrics(keys: [String!]): JSONString
  wandbConfig(keys: [String!]): JSONString
  systemMetrics: JSONString
  historyKeys: JSON
  historyLineCount: Int eventsLineCount: Int logLineCount: Int historyTail: JSONString eventsTail: JSONString
  history(minStep: Int64, maxStep: Int64, samples: Int): [String!]!
  events(samples: Int): [String!]!
  sampledHistory(specs: [JSONString!]!): [JSON!]!
  parquetHistory(liveKeys: [String!]!): ParquetHistory!
  fileCount: Int
  files(first: Int, after: String, names: [String], pattern: String, upload: Boolean): FileConnection
  logLines(first: Int, last: Int, after: String, useImprovedPagination: Boolean): LogLineConnection
}
type ParquetHistory { parquetUrls: [String!]! liveData: [JSON!]! }
type FileConnection { edges: [FileEdge!]! pageInfo: PageInfo! }
type FileEdge { cursor: String! node: File }
type File {
  id: ID! name: String! url(upload: Boolean): String directUrl: String uploadUrl: String sizeBytes: Int64 mimetype: String
  updatedAt: DateTime md5: String
}
type LogLineConnection { edges: [LogLineEdge!]! pageInfo: PageInfo! }
type LogLineEdge { cursor: String node: LogLine! }
type LogLine { id: ID! number: Int! line: String! level: String label: String timestamp: DateTime }

type SweepConnection { edges: [SweepEdge!]! pageInfo: PageInfo! }
type SweepEdge { cursor: String! node: Sweep }
type Sweep {
  id: ID! name: String! displayName: String method: String state: String description: String bestLoss: Float
  config: String createdAt: DateTime updatedAt: DateTime runCount: Int runCountExpected: Int controller: JSONString
  scheduler: JSONString project: Project priorRunsFilters: JSONString
  heartbeatAt: DateTime earlyStopJobRunning: Boolean runs(first: Int, after: String): RunConnection
}

type Mutation {
  upsertModel(input: UpsertModelInput!): UpsertModelPayload
  upsertBucket(input: UpsertBucketInput!): UpsertBucketPayload
  deleteRun(input: DeleteRunInput!): ClientMutationPayload
  stopRun(input: StopRunInput!): StopRunPayload
  updateRunState(input: UpdateRunStateInput!): UpdateRunStatePayload
  createRunFiles(input: CreateRunFilesInput!): CreateRunFilesPayload
  markRunFilesUploaded(input: MarkRunFilesUploadedInput!): ClientMutationPayload
  deleteFiles(input: DeleteFilesInput!): ClientMutationPayload
  upsertSweep(input: UpsertSweepInput!): UpsertSweepPayload
  createAgent(input: CreateAgentInput!): CreateAgentPayload
  agentHeartbeat(input: AgentHeartbeatInput!): AgentHeartbeatPayload
}
type ClientMutationPayload { success: Boolean clientMutationId: String }
input UpsertModelInput {
  id: String name: String entityName: String description: String displayName: String access: String framework: String
  isPublished: Boolean repo: String views: JSONString isBenchmark: Boolean owner: ID ownerId: ID clientMutationId: String
}
type UpsertModelPayload { project: Project model: Project inserted: Boolean }
input UpsertBucketInput {
  id: String name: String modelName: String entityName: String project: String groupName: String displayName: String
  description: String notes: String commit: String config: JSONString debug: Boolean program: String repo: String
  jobType: String state: String sweep: String host: String jobProgram: String jobRepo: String tags: [String!]
  summaryMetrics: JSONString clientMutationId: String
}
type UpsertBucketPayload { bucket: Run inserted: Boolean }
input DeleteRunInput { id: ID! deleteArtifacts: Boolean clientMutationId: String }
input StopRunInput { id: ID! clientMutationId: String }
type StopRunPayload { success: Boolean clientMutationId: String }
input UpdateRunStateInput { runID: ID id: ID projectName: String entityName: String runName: String state: String! clientMutationId: String }
type UpdateRunStatePayload { success: Boolean run: Run }
input CreateRunFilesInput { entityName: String projectName: String runName: String files: [String!]! clientMutationId: String }
type CreateRunFilesPayload { runID: ID! uploadHeaders: [String!]! files: [UploadFile!]! }
type UploadFile { name: String! uploadUrl: String }
input MarkRunFilesUploadedInput { entityName: String projectName: String runName: String files: [String!] clientMutationId: String }
input DeleteFilesInput { files: [ID!]! projectId: Int clientMutationId: String }
input UpsertSweepInput {
  id: ID config: String description: String entityName: String projectName: String controller: JSONString
  scheduler: JSONString launchScheduler: JSONString templateVariableValues: JSONString state: String
  priorRunsFilters: JSONString displayName: String clientMutationId: String
}
type Agent { id: ID! }
input CreateAgentInput { host: String! projectName: String entityName: String sweep: String! clientMutationId: String }
type CreateAgentPayload { agent: Agent }
input AgentHeartbeatInput { id: ID! metrics: JSONString runState: JSONString clientMutationId: String }
type AgentHeartbeatPayload { agent: Agent commands: JSONString }
type UpsertSweepPayload { sweep: Sweep configValidationWarnings: [String!] }
`;

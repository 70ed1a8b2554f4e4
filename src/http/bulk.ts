/** The routes for files of bulk jobs: items are uploaded, and results downloaded, as JSON Lines or CSV. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Runtime } from '../accounts/account.ts';
import { noClaims } from '../accounts/claims.ts';
import type { Lease } from '../accounts/registry.ts';
import type { Config } from '../config.ts';
import { quoted } from '../domain/bad-input.ts';
import { Fault } from '../fault.ts';
import { assertMayWrite, assertScopes } from '../graphql/access.ts';
import { createContext, type ServedAccount } from '../graphql/context.ts';
import { scopesOf } from '../graphql/required-scopes.ts';
import { bulkJobsFor } from '../graphql/views.ts';
import type { BulkJob, NewItem } from '../jobs/bulk/model.ts';
import { readCsv } from '../jobs/files/csv.ts';
import { readJsonLines } from '../jobs/files/json-lines.ts';
import { readLines } from '../jobs/files/lines.ts';
import { requireJobs } from '../jobs/open.ts';
import { assertHeader } from '../resolvers/bulk/create.ts';
import { csvOf, jsonLinesOf } from '../resolvers/bulk/download.ts';
import { exportedCsv, exportedLines } from '../resolvers/bulk/export-file.ts';
import type { Download } from '../resolvers/bulk/pages.ts';
import { bulkMutationOf, itemsOfFile, itemTypeOf, type UploadKind } from '../resolvers/bulk/upload.ts';
import type { LeaseFor } from './accounts.ts';
import type { Authenticate, Caller } from './authenticate.ts';
import { instantIn, outcomesIn, parameter, type Query } from './bulk-parameters.ts';
import { compression } from './compression.ts';
import type { Deadlines } from './deadlines.ts';
import { answerFault } from './faults.ts';
import { callerRequest } from './request.ts';
import type { RequestSpans } from './request-spans.ts';
import type { Shedding } from './shedding.ts';
import { acceptUploads, chunksOf, drain, type Format, formatOf, formats } from './uploads.ts';

type Tools = {
  config: Config;
  served: Runtime & { schema: GraphQLSchema };
  authenticate: Authenticate;
  leaseFor: LeaseFor;
  deadlines: Deadlines;
  shedding: Shedding;
  spans: RequestSpans;
};

/** A job as a program that has uploaded a file needs it; `bulkJob` of the graph has the rest. */
type JobAnswer = {
  job: Pick<BulkJob, 'id' | 'kind' | 'name' | 'status' | 'total' | 'failed' | 'createdAt' | 'startAfter'> & {
    estimatedEnd: string | null;
  };
  /** Where the results are, from now on. */
  links: Record<Format, string>;
};

/** The most items of a dry run whose errors are reported. */
const maxReported = 100;

/** What would become of the items: those that are wrong, and how many there are. */
async function rehearse(items: AsyncIterable<NewItem>): Promise<object> {
  const failures: object[] = [];
  let [total, failed] = [0, 0];
  for await (const { userErrors } of items) {
    total += 1;
    if (!userErrors) continue;
    failed += 1;
    if (failures.length < maxReported) failures.push({ index: total - 1, userErrors });
  }
  return { total, failed, failures };
}

async function answerOf(job: BulkJob, { bulk }: ServedAccount): Promise<JobAnswer> {
  const { id, kind, name, status, total, failed, createdAt, startAfter } = job;
  const estimatedEnd = await bulk.estimatedEnd(job);
  return {
    job: { id, kind, name, status, total, failed, createdAt, startAfter, estimatedEnd },
    links: { jsonl: `/bulk/${id}.jsonl`, csv: `/bulk/${id}.csv` },
  };
}

/** The kind of job in a path. */
const kindOf = (name: string): UploadKind | undefined =>
  (Object.keys(bulkMutationOf) as UploadKind[]).find((kind) => kind.toLowerCase() === name);

/** Who uploads a file, to which account. */
type Uploader = Pick<Lease<ServedAccount>, 'account' | 'accounts'> & { caller: Caller; kind: UploadKind };

/** Creates a job from the body of a request. */
function createUpload({ config, served, authenticate, leaseFor, deadlines }: Tools) {
  const { schema, audit } = served;
  const { bulkMaxBytes: maxBytes, maxBodyBytes: maxItemBytes } = config;

  async function upload(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = await authenticate(request.headers, request.ip, request.id);
    const kind = kindOf((request.params as { kind: string }).kind);
    if (!kind) throw new Fault('NOT_FOUND', `${request.method} ${quoted(request.url)} not found.`);
    const field = schema.getMutationType()?.getFields()[bulkMutationOf[kind]];
    assertScopes([{ what: 'This upload', scopes: field ? scopesOf(field) : [] }], caller.scopes);
    const lease = leaseFor(caller, request.headers, request.id);
    return uploadTo({ ...lease, caller, kind }, request, reply).finally(lease.release);
  }

  async function uploadTo(
    { account, accounts, caller, kind }: Uploader,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const mutation = bulkMutationOf[kind];
    assertMayWrite(account);
    requireJobs(account.jobs);
    const format = formatOf(request.headers['content-type']);
    const signals = deadlines.begin(config.requestTimeoutMs, reply.raw);
    const { maxUpstreamCalls: maxCalls } = config.limits;
    const incoming = callerRequest(request, { caller, accounts, maxCalls, signals });
    if (kind === 'UPSERT') createContext(account, incoming).index();
    const query = request.query as Query;
    const header = {
      name: parameter(query, 'name'),
      clientToken: parameter(query, 'clientToken'),
      startAfter: instantIn(query, 'startAfter', schema),
    };
    assertHeader(header, 'query');

    const lines = readLines(chunksOf(request.raw, maxBytes, signals.signal), maxItemBytes);
    const fileItems =
      format === 'csv'
        ? readCsv(lines, { item: itemTypeOf(schema, kind), maxLength: maxItemBytes })
        : readJsonLines(lines);
    const items = itemsOfFile(fileItems, { kind, schema, granted: caller.scopes });
    if (incoming.isDryRun) return reply.send(await rehearse(items));
    const { idempotencyKey } = incoming;
    const token = header.clientToken ?? (idempotencyKey && `Idempotency-Key: ${idempotencyKey}`);
    const { job, isNew } = await bulkJobsFor(account, incoming).create({
      kind,
      name: header.name ?? null,
      startAfter: header.startAfter ?? null,
      caller: caller.id,
      scopes: [...caller.scopes],
      clientToken: token ?? null,
      items,
      field: 'body',
    });
    audit({
      requestId: request.id,
      account: account.name,
      caller: caller.id,
      mutation,
      subject: job.id,
      fields: ['items'],
      outcome: isNew ? 'written' : 'replayed',
    });
    const answer = await answerOf(job, account);
    return reply.code(202).header('location', answer.links[format]).send(answer);
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      if (Number(request.headers['content-length']) > maxBytes) {
        reply.header('connection', 'close');
        throw new Fault('LIMIT_EXCEEDED', `The body is longer than ${maxBytes} bytes (BULK_MAX_BYTES).`, {
          exceeded: {
            limit: maxBytes,
            setting: 'BULK_MAX_BYTES',
            got: Number(request.headers['content-length']),
          },
        });
      }
      return await upload(request, reply);
    } catch (error) {
      // A client that has disconnected gets no answer, and nothing of its file is left.
      if (request.raw.destroyed && !request.raw.complete) {
        request.log.info({ requestId: request.id }, 'upload abandoned');
        return reply.hijack();
      }
      if (!(await drain(request.raw, maxBytes))) reply.header('connection', 'close');
      return answerFault(error, request, reply);
    }
  };
}

/** The name of a file with results. */
const fileName = /^(bulk-[0-9a-f]{22})\.(jsonl|csv)$/;

type Writers = Readonly<Record<Format, (download: Download) => AsyncGenerator<string>>>;
const results: Writers = { jsonl: jsonLinesOf, csv: csvOf };
const exported: Writers = { jsonl: exportedLines, csv: exportedCsv };

/** Sends the results of a job, as fast as they are received. */
function createDownload({ config, served, authenticate, leaseFor }: Tools) {
  const { schema, clock } = served;

  /** A client that does not receive a part in time is disconnected, so that it does not hold the connection for ever. */
  async function* paced(chunks: AsyncGenerator<string>, { raw }: FastifyReply): AsyncGenerator<string> {
    for await (const chunk of chunks) {
      const stopTimer = clock.setTimer(() => raw.destroy(), config.requestTimeoutMs);
      try {
        yield chunk;
      } finally {
        stopTimer();
      }
    }
  }

  async function download(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = await authenticate(request.headers, request.ip, request.id);
    const field = schema.getQueryType()?.getFields().bulkJob;
    assertScopes([{ what: 'This file', scopes: field ? scopesOf(field) : [] }], caller.scopes);
    const { file } = request.params as { file: string };
    const [, id = '', format = ''] = fileName.exec(file) ?? [];
    const { account, release } = leaseFor(caller, request.headers, request.id);
    if (reply.raw.closed) release();
    else reply.raw.once('close', release);
    const bulk = bulkJobsFor(account, { caller: caller.id, claims: caller.claims ?? noClaims });
    const outcomes = outcomesIn(request.query as Query, schema);
    const job = id ? await bulk.read(id) : undefined;
    if (!job) throw new Fault('NOT_FOUND', `There is no file ${quoted(file)}, or it has been deleted.`);
    const writers = job.kind === 'EXPORT' ? exported : results;
    const chunks = writers[format as Format]({ job, bulk, schema, outcomes });
    return reply
      .header('content-type', `${formats[format as Format][0]}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="${file}"`)
      .send(Readable.from(paced(chunks, reply)));
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      return await download(request, reply);
    } catch (error) {
      return answerFault(error, request, reply);
    }
  };
}

/** Serves the files of bulk jobs. */
export async function routeBulkFiles(app: FastifyInstance, tools: Tools): Promise<void> {
  const onRequest = [tools.spans.start, tools.shedding.onRequest];
  await app.register(async (scope) => {
    acceptUploads(scope);
    scope.post('/bulk/:kind', { onRequest, handler: createUpload(tools) });
    scope.get('/bulk/:file', {
      onRequest,
      compress: { ...compression, customTypes: /^(application\/jsonl|text\/csv)/ },
      exposeHeadRoute: false,
      config: { isPaced: true },
      handler: createDownload(tools),
    });
  });
}
